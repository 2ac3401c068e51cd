/**
 * The kernels on a device: arrays of ND4J name what lies in its memory, formulas and products run
 * there, and sequences of them are recorded once and launched as a whole.
 *
 * <p>An array has a copy in host memory and one on the device, either of which may be out of date;
 * what is about to read one is given the newer.
 *
 * <p>May use {@code device}, {@code device.code}, {@code host}, {@code noise}, {@code
 * tensor.device.kernel}, {@code tensor.formula} and {@code tensor.kernels}.
 */
package org.sparkvae.tensor.device;
