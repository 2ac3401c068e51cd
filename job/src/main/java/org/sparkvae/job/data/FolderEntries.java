package org.sparkvae.job.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Image files, read and decoded one at a time; ids are positions in the folder. */
final class FolderEntries implements Entries {
  /** Far above what an image of the most values needs, so that no file fills the memory. */
  private static final long MOST_BYTES = 1L << 26;

  private final Configuration hadoop;
  private final Iterator<FolderFile> files;
  private final ImageShape shape;
  private final String reference;
  private final PixelConversion conversion;
  private FolderFile file;

  /**
   * Takes files.
   *
   * @param hadoop to open them with
   * @param files in order
   * @param shape that all must have
   * @param reference path of an image that has it
   */
  FolderEntries(
      Configuration hadoop, Iterator<FolderFile> files, ImageShape shape, String reference) {
    this.hadoop = hadoop;
    this.files = files;
    this.shape = shape;
    this.reference = reference;
    this.conversion = new PixelConversion(shape.channels());
  }

  /** A file's bytes, checked to be those of an image format. */
  static EncodedImage read(Configuration hadoop, FolderFile file)
      throws IOException, UnusableImageException {
    if (file.length() == 0) {
      // Also what is no file, such as a pipe, on which a reader would wait for ever.
      throw new UnusableImageException("empty", "is empty");
    }
    if (file.length() > MOST_BYTES) {
      throw new UnusableImageException(
          "too large", "has " + file.length() + " bytes, more than an image needs");
    }
    Path path = new Path(file.path());
    try (InputStream bytes = fileSystem(hadoop, path).open(path)) {
      return new EncodedImage(bytes.readNBytes((int) MOST_BYTES));
    } catch (FileNotFoundException e) {
      throw new UnusableImageException(
          "that cannot be opened", "cannot be opened: " + ReadFailure.firstLine(e));
    }
  }

  private static FileSystem fileSystem(Configuration hadoop, Path path) throws IOException {
    FileSystem fileSystem = SourceFiles.fileSystem(hadoop, path);
    // Without Hadoop's .crc files, for which a name with a colon has no name.
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  @Override
  public boolean next() {
    if (!files.hasNext()) {
      return false;
    }
    file = files.next();
    return true;
  }

  @Override
  public String name() {
    return file.path();
  }

  @Override
  public long id() {
    return file.position();
  }

  @Override
  public ImageName ownName() {
    return new ImageName(file.path(), null);
  }

  @Override
  public int label() {
    return file.label();
  }

  @Override
  public void pixels(byte[] out, int offset) throws IOException, UnusableImageException {
    EncodedImage image = read(hadoop, file);
    ImageShape found = image.shape(shape.channels());
    if (!found.equals(shape)) {
      throw UnusableImageException.ofSize(
          found.width(),
          found.height(),
          String.format(
              "has %dx%d pixels where %s has %dx%d",
              found.width(), found.height(), reference, shape.width(), shape.height()));
    }
    conversion.convert(image.decode(), out, offset);
  }

  @Override
  public void close() {}
}
