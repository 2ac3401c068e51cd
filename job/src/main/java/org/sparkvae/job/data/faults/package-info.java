/**
 * What may be wrong with data, and how a person is told: one image that cannot be used, a source
 * that is wrong as a whole, a store or a local disk that fails; and the bad images counted.
 *
 * <p>May use Spark's environment for the names of local disks, and no other room.
 */
package org.sparkvae.job.data.faults;
