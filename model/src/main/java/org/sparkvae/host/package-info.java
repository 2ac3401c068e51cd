/**
 * Float32 values in host memory: the memory of arrays without a copy, and vector mathematics whose
 * results are the same bits on every processor of one vector width.
 *
 * <p>May use nothing of this project.
 */
package org.sparkvae.host;
