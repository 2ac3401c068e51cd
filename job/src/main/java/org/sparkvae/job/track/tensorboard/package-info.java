/**
 * Event files for TensorBoard, written without its library, which there is none of for the JVM that
 * does not bring TensorFlow along: a scalar is a few bytes of Protocol Buffers in a frame with two
 * checksums.
 *
 * <p>May use {@code track}, {@code kinds}, and Hadoop's FileSystem.
 */
package org.sparkvae.job.track.tensorboard;
