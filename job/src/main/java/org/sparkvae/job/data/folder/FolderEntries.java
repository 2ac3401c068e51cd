package org.sparkvae.job.data.folder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.data.conversion.EncodedImage;
import org.sparkvae.job.data.conversion.ImageFacts;
import org.sparkvae.job.data.conversion.ImageForm;
import org.sparkvae.job.data.conversion.PictureReader;
import org.sparkvae.job.data.faults.ReadFailure;
import org.sparkvae.job.data.faults.UnusableImageException;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.source.Entries;
import org.sparkvae.job.data.source.SourceFiles;

/** Image files, read and decoded one at a time; ids are positions in the folder. */
final class FolderEntries implements Entries {
  private final Configuration hadoop;
  private final Iterator<FolderFile> files;
  private final PictureReader pictures;
  private FolderFile file;

  /**
   * Takes files.
   *
   * @param hadoop to open them with
   * @param files in order
   * @param form that all get
   */
  FolderEntries(Configuration hadoop, Iterator<FolderFile> files, ImageForm form) {
    this.hadoop = hadoop;
    this.files = files;
    this.pictures = new PictureReader(form);
  }

  /** A file's bytes, checked to be those of an image format. */
  static EncodedImage read(Configuration hadoop, FolderFile file)
      throws IOException, UnusableImageException {
    if (file.length() == 0) {
      // Also what is no file, such as a pipe, on which a reader would wait for ever.
      throw new UnusableImageException("empty", "is empty");
    }
    EncodedImage.checkLength(file.length());
    Path path = new Path(file.path());
    try (InputStream bytes = fileSystem(hadoop, path).open(path)) {
      return new EncodedImage(bytes.readNBytes(EncodedImage.MOST_BYTES));
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
    return name(file);
  }

  /** How a person finds a file. */
  static ImageName name(FolderFile file) {
    return new ImageName(file.path(), null);
  }

  @Override
  public int label() {
    return file.label();
  }

  @Override
  public ImageFacts pixels(byte[] out, int offset) throws IOException, UnusableImageException {
    return pictures.read(read(hadoop, file), out, offset);
  }

  @Override
  public void close() {}
}
