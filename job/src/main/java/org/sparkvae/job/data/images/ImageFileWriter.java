package org.sparkvae.job.data.images;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sparkvae.job.data.faults.LocalDiskException;

/** Writes blocks of images into a file, one after the other; deletes one that is not finished. */
public final class ImageFileWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final File target;
  private final List<Place> places = new ArrayList<>();
  private DataOutputStream out;
  private long written;
  private boolean finished;

  /** Writes to a file that does not exist, or is empty. */
  public ImageFileWriter(File target) {
    this.target = target;
    try {
      out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(target), BUFFER));
    } catch (IOException e) {
      throw LocalDiskException.writing(target.getParent(), e);
    }
  }

  /**
   * Writes a block.
   *
   * @throws LocalDiskException where the disk does not take it
   */
  public void add(ImageBlock block) {
    try {
      long at = written;
      records(block);
      boolean named = false;
      for (int i = 0; i < block.size(); i++) {
        named |= !block.name(i).equals(ImageName.NONE);
      }
      long namesAt = StoredContent.NO_NAMES;
      if (named) {
        namesAt = written;
        names(block);
      }
      places.add(new Place(at, block.size(), block.values(), namesAt));
    } catch (IOException e) {
      throw LocalDiskException.writing(target.getParent(), e);
    }
  }

  private void records(ImageBlock block) throws IOException {
    long[] ids = block.ids();
    int[] labels = block.labels();
    byte[] pixels = block.pixels();
    int values = block.values();
    for (int i = 0; i < ids.length; i++) {
      out.writeLong(ids[i]);
      out.writeInt(labels[i]);
      out.write(pixels, i * values, values);
    }
    written += (long) ids.length * (StoredBlocks.HEAD_BYTES + values);
  }

  private void names(ImageBlock block) throws IOException {
    List<byte[]> names = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < block.size(); i++) {
      byte[] name = NameBytes.of(block.name(i));
      names.add(name);
      end += name.length;
      out.writeInt(end);
    }
    for (byte[] name : names) {
      out.write(name);
    }
    written += (long) Integer.BYTES * block.size() + end;
  }

  /**
   * Ends the file and opens it.
   *
   * @throws LocalDiskException where the disk does not take it
   */
  public StoredBlocks finish() {
    try {
      out.close();
      ImageFile file = new ImageFile(target);
      finished = true;
      List<ImageBlock> blocks = places.stream().map(place -> place.in(file)).toList();
      return new StoredBlocks(file, blocks);
    } catch (IOException e) {
      throw LocalDiskException.writing(target.getParent(), e);
    }
  }

  @Override
  public void close() {
    if (!finished) {
      try {
        out.close();
      } catch (IOException e) {
        // What failed before is what is told.
        finished = false;
      }
      target.delete();
    }
  }

  /** Where a block was written. */
  private record Place(long at, int size, int values, long namesAt) {
    ImageBlock in(ImageFile file) {
      return new ImageBlock(new StoredContent(file, at, size, values, namesAt));
    }
  }
}
