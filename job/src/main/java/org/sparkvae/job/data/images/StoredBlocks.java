package org.sparkvae.job.data.images;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Blocks of images that lie in one file on a local disk, until that is closed. */
public final class StoredBlocks implements Closeable {
  /** What an image takes in the file beside its pixels and its name. */
  public static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;

  private final ImageFile file;
  private final List<ImageBlock> blocks;

  /** The blocks of a file, in order. */
  StoredBlocks(ImageFile file, List<ImageBlock> blocks) {
    this.file = file;
    this.blocks = List.copyOf(blocks);
  }

  /** The blocks in order; they read the file. */
  public List<ImageBlock> blocks() {
    return blocks;
  }

  /** Gives the space of the file back; a task that still reads its blocks fails. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
