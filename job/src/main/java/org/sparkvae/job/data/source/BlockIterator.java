package org.sparkvae.job.data.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.sparkvae.job.data.faults.BadImage;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.images.Packing;
import org.sparkvae.job.settings.DataSettings.OnBadImage;

/** Packs a task's images into blocks, leaving bad ones out or ending at the first. */
public final class BlockIterator implements Iterator<SourceBlock> {
  private final String source;
  private final Entries entries;
  private final Packing packing;
  private final OnBadImage onBadImage;
  private boolean ended;

  /** Takes the entries, and closes them at the latest when the task ends. */
  public BlockIterator(String source, Entries entries, Packing packing, OnBadImage onBadImage) {
    this.source = source;
    this.entries = entries;
    this.packing = packing;
    this.onBadImage = onBadImage;
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) context -> close());
    }
  }

  @Override
  public boolean hasNext() {
    return !ended;
  }

  @Override
  public SourceBlock next() {
    if (ended) {
      throw new NoSuchElementException();
    }
    Filling filling = new Filling();
    String error = null;
    try {
      filling.fill();
    } catch (DataException e) {
      error = e.getMessage();
      ended = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    if (ended) {
      close();
    }
    return filling.packed(error);
  }

  private void close() {
    try {
      entries.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The block being filled. */
  private final class Filling {
    private final ImageBlock images = ImageBlock.ofSize(packing.block(), packing.values());
    private int size;
    private long nameBytes;
    private BadImages bad = BadImages.NONE;
    private ValueTally values = ValueTally.NOTHING;
    private ImagesDigest digest = ImagesDigest.NOTHING;

    void fill() throws IOException {
      while (size < images.size() && bytes() < packing.mostBytes()) {
        if (!entries.next()) {
          ended = true;
          return;
        }
        try {
          images.ids()[size] = entries.id();
          images.labels()[size] = entries.label();
          int at = size * packing.values();
          values = values.plus(entries.pixels(images.pixels(), at));
          digest = digest.plus(ImagesDigest.of(images.pixels(), at, packing.values()));
          if (packing.names() == Packing.Names.KEPT) {
            ImageName name = entries.ownName();
            images.name(size, name);
            nameBytes += name.bytes();
          }
          size++;
        } catch (UnusableImageException e) {
          BadImage image = new BadImage(source, entries.name(), e.getMessage());
          if (onBadImage == OnBadImage.FAIL) {
            throw new DataException(
                image + "; " + e.advice() + ", or set data.on-bad-image = skip to leave it out");
          }
          bad = bad.plus(BadImages.one(e.kind(), image));
        }
      }
    }

    private long bytes() {
      return (long) size * packing.values() + nameBytes;
    }

    SourceBlock packed(String error) {
      return new SourceBlock(
          images.first(size),
          new ReadTally(size, size + bad.count(), nameBytes, bad, values, digest, error));
    }
  }
}
