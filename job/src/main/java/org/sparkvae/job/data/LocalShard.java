package org.sparkvae.job.data;

import java.util.List;

/**
 * A shard on a local disk.
 *
 * @param file that holds it
 * @param blocks of the shard, in order
 */
record LocalShard(ImageFile file, List<ImageBlock> blocks) {}
