/**
 * What a thread of a GPU does, as values: kernels are built of typed instructions and printed as
 * PTX, the assembly that every driver compiles for its own card.
 *
 * <p>Every operation on float32 and float64 values is correctly rounded and none is contracted, so
 * that a kernel's bits follow from its instructions alone, whatever the card.
 *
 * <p>May use {@code host} for the constants of elementary functions.
 */
package org.sparkvae.device.code;
