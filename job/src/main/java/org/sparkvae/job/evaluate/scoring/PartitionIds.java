package org.sparkvae.job.evaluate.scoring;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.sparkvae.job.data.images.ImageBlock;

/**
 * What the driver is told of a partition's images: their ids, and a digest of all they hold.
 *
 * <p>The digest is the sum, modulo 2^64, of a hash of each image: it depends neither on the order
 * of the images nor on how they are cut into partitions.
 */
final class PartitionIds implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final byte[] NOTHING = {};

  private final long[] ids;
  private final long digest;

  private PartitionIds(long[] ids, long digest) {
    this.ids = ids;
    this.digest = digest;
  }

  /**
   * Reads a partition.
   *
   * @param labelNames what labels stand for
   */
  static Iterator<PartitionIds> of(Iterator<ImageBlock> blocks, Map<Integer, String> labelNames) {
    MessageDigest sha = DigestUtils.getSha256Digest();
    LongStream.Builder ids = LongStream.builder();
    long digest = 0;
    while (blocks.hasNext()) {
      ImageBlock block = blocks.next().inHeap();
      for (int i = 0; i < block.size(); i++) {
        ids.add(block.ids()[i]);
        digest += hash(block, i, labelNames, sha);
      }
    }
    return List.of(new PartitionIds(ids.build().toArray(), digest)).iterator();
  }

  private static long hash(
      ImageBlock block, int image, Map<Integer, String> labelNames, MessageDigest sha) {
    int values = block.pixels().length / block.size();
    ByteBuffer head = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    sha.update(head.putLong(block.ids()[image]).putInt(block.labels()[image]).array());
    sha.update(block.pixels(), image * values, values);
    update(sha, labelNames.get(block.labels()[image]));
    update(sha, block.name(image).path());
    update(sha, block.name(image).idText());
    return ByteBuffer.wrap(sha.digest()).getLong();
  }

  /** A text with its length before it, so that no two texts run into each other. */
  private static void update(MessageDigest sha, String text) {
    byte[] bytes = text == null ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
    int length = text == null ? -1 : bytes.length;
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    sha.update(bytes);
  }

  /** The ids, in the order of the images; not a copy. */
  long[] ids() {
    return ids;
  }

  /** The digest. */
  long digest() {
    return digest;
  }
}
