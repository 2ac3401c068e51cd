/**
 * A trained model in files: Deeplearning4j's archive of its network, and the names and checksums of
 * the files of a checkpoint.
 *
 * <p>Uses nothing else of the project: the network's archive names its layer by itself.
 */
package org.sparkvae.archive;
