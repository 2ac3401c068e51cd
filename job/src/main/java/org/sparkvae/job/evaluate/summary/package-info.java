/**
 * What the scores of many images come to, joined part by part so that the bits do not depend on how
 * they were cut up.
 *
 * <p>May use {@code evaluate.scoring}, and of the model {@code importance}.
 */
package org.sparkvae.job.evaluate.summary;
