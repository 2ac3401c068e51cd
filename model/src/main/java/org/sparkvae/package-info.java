/**
 * A trained model as a library: what a program without Spark does with one.
 *
 * <p>May use {@code archive}, {@code codec}, {@code dl4j}, {@code evaluation}, {@code host}, {@code
 * importance}, {@code likelihood}, {@code network}, {@code noise}, {@code proposal}, {@code
 * tensor.kernels} and {@code vae}.
 */
package org.sparkvae;
