/**
 * The posteriors' loops over rows once more, as kernels for arrays that lie on a device. Each says
 * in its Javadoc which loop it is; the formulas stand there.
 *
 * <p>May use {@code device.code}.
 */
package org.sparkvae.posterior.loop;
