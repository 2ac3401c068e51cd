/**
 * Tests of whole runs on clusters: executors in processes of their own, standalone, YARN and HDFS.
 */
package org.sparkvae.job.clusters;
