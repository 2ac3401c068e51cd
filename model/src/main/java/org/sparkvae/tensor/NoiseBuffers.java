package org.sparkvae.tensor;

import java.util.Arrays;
import java.util.List;
import org.sparkvae.host.FloatRows;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.kernels.DeviceInputs;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.NoiseRows;

/**
 * The noise that a program needs, drawn image by image and sent to its matrices: on the host, or
 * where the matrices lie, unless somebody reads or changes it before.
 *
 * <p>Each matrix of noise has a stream of its own, numbered in the order of recording, whose key
 * follows from the image's, so that what is drawn for an image depends on nothing else.
 */
public final class NoiseBuffers {
  private static final float MEDIAN_OF_UNIFORM = 0.5f;

  /**
   * A matrix and its host buffer.
   *
   * @param number of the stream, from 0
   * @param shared whether an image has one row for all of its samples, that of sample 0
   */
  private record Stream(int number, Matrix matrix, float[] host, boolean shared) {
    void draw(long imageKey, int image, long firstSample, int samples, int images) {
      long key = Noise.stream(imageKey, number);
      int columns = matrix.columns();
      int offset = image * columns;
      int stride = images * columns;
      switch (matrix.role()) {
        case NORMAL -> Noise.normal(key, firstSample, samples, host, offset, stride, columns);
        case UNIFORM -> Noise.uniform(key, firstSample, samples, host, offset, stride, columns);
        default -> throw new AssertionError(matrix.role());
      }
      for (int from = offset + samples * stride; from < host.length; from += stride) {
        Arrays.fill(host, from, from + columns, 0);
      }
    }

    boolean isNormal() {
      return matrix.role() == Matrix.Role.NORMAL;
    }

    /** Copies a row to another one; normal values are negated. */
    void mirror(int row, int to) {
      int columns = matrix.columns();
      float sign = isNormal() ? -1 : 1;
      for (int i = 0; i < columns; i++) {
        host[to * columns + i] = sign * host[row * columns + i];
      }
    }

    /** All of its values. */
    FloatRows rows() {
      return new FloatRows(host, 0, matrix.columns(), matrix.columns());
    }

    /** Multiplies rows by a factor each, and adds the sums of their squares afterwards. */
    void scale(int row, int stride, double[] factors, double[] squares) {
      int columns = matrix.columns();
      FloatRows rows = new FloatRows(host, row * columns, stride * columns, columns);
      rows.scale(factors);
      rows.addSquares(squares);
    }
  }

  private final Kernels kernels;
  private final int images;
  private final int samples;
  private final List<Stream> streams;
  private final List<Stream> ofNormals;
  private final int normals;

  /** Where several matrices have standard normal values: all of them, once somebody has asked. */
  private float[] sideBySide;

  /** By image: what is drawn. */
  private final long[] keys;

  private final long[] firstSamples;
  private final int[] counts;

  /** By image: whether the host has not drawn it yet. */
  private final boolean[] told;

  /**
   * Buffers.
   *
   * @param noise every matrix of noise of the recording
   * @param needed those of them that a program needs
   */
  NoiseBuffers(Kernels kernels, int images, int samples, List<Matrix> noise, List<Matrix> needed) {
    this.kernels = kernels;
    this.images = images;
    this.samples = samples;
    this.streams =
        needed.stream()
            .map(
                matrix ->
                    new Stream(
                        noise.indexOf(matrix),
                        matrix,
                        new float[Math.multiplyExact(matrix.rows(), matrix.columns())],
                        matrix.rows() < images * samples))
            .toList();
    keys = new long[images];
    firstSamples = new long[images];
    counts = new int[images];
    told = new boolean[images];
    Arrays.fill(told, kernels.inputs().isPresent());
    ofNormals = streams.stream().filter(Stream::isNormal).toList();
    normals = ofNormals.stream().mapToInt(of -> of.matrix().columns()).sum();
  }

  /**
   * Draws an image's noise; rows of the image beyond the given samples become 0.
   *
   * @param key of the image, from {@link Noise#key}
   * @param image its place in the minibatch
   * @param firstSample number of the first sample drawn
   * @param samples how many, at most those of the recording
   */
  public void draw(long key, int image, long firstSample, int samples) {
    keys[image] = key;
    firstSamples[image] = firstSample;
    counts[image] = samples;
    told[image] = true;
    if (kernels.inputs().isEmpty()) {
      onHost(image);
    }
  }

  /** Draws an image's noise on the host, unless it is there. */
  private void onHost(int image) {
    if (!told[image]) {
      return;
    }
    told[image] = false;
    for (Stream stream : streams) {
      if (stream.shared()) {
        stream.draw(keys[image], image, 0, 1, images);
      } else {
        stream.draw(keys[image], image, firstSamples[image], counts[image], images);
      }
    }
  }

  private void allOnHost() {
    for (int image = 0; image < images; image++) {
      onHost(image);
    }
  }

  /**
   * Draws an image's noise, of all samples.
   *
   * @param key of the image, from {@link Noise#key}
   * @param image its place in the minibatch
   */
  public void draw(long key, int image) {
    draw(key, image, 0, samples);
  }

  /**
   * Gives the second half of an image's samples the noise of the first, its standard normal values
   * negated: pairs whose odd terms cancel in a mean (Hammersley & Morton, 1956).
   *
   * @param image its place in the minibatch
   */
  public void mirror(int image) {
    onHost(image);
    int half = samples / 2;
    for (Stream stream : streams) {
      for (int s = 0; s < half && !stream.shared(); s++) {
        stream.mirror(s * images + image, (samples - half + s) * images + image);
      }
    }
  }

  /**
   * Copies the noise of one sample of an image, from a program of the same recording with more
   * samples, to its first sample here.
   *
   * @param image its place in both minibatches
   */
  public void copy(NoiseBuffers from, int image, int sample) {
    from.onHost(image);
    onHost(image);
    for (int i = 0; i < streams.size(); i++) {
      Stream source = from.streams.get(i);
      int columns = source.matrix().columns();
      int row = source.shared() ? image : sample * images + image;
      System.arraycopy(
          source.host(), row * columns, streams.get(i).host(), image * columns, columns);
    }
  }

  /** Standard normal values in a sample of an image. */
  public int normals() {
    return normals;
  }

  /**
   * Multiplies the standard normal values of an image's first samples.
   *
   * @param image its place in the minibatch
   * @param factors one for each sample
   * @return the sum of each sample's squares afterwards
   */
  public double[] scaleNormals(int image, double[] factors) {
    onHost(image);
    double[] squares = new double[factors.length];
    ofNormals.forEach(stream -> stream.scale(image, images, factors, squares));
    return squares;
  }

  /**
   * The standard normal values of all samples, of all matrices side by side, [samples * images,
   * {@link #normals()}], to be changed before {@link #writeNormals}.
   */
  public float[] readNormals() {
    allOnHost();
    if (ofNormals.size() == 1) {
      return ofNormals.get(0).host();
    }
    if (sideBySide == null) {
      sideBySide = new float[Math.multiplyExact(images * samples, normals)];
    }
    int at = 0;
    for (Stream stream : ofNormals) {
      stream.rows().copyTo(among(at, stream), stream.matrix().rows());
      at += stream.matrix().columns();
    }
    return sideBySide;
  }

  /** Takes back the values that {@link #readNormals} gave. */
  public void writeNormals() {
    if (ofNormals.size() == 1) {
      return;
    }
    int at = 0;
    for (Stream stream : ofNormals) {
      among(at, stream).copyTo(stream.rows(), stream.matrix().rows());
      at += stream.matrix().columns();
    }
  }

  /** A matrix's values where those of all stand side by side. */
  private FloatRows among(int at, Stream stream) {
    return new FloatRows(sideBySide, at, normals, stream.matrix().columns());
  }

  /**
   * Sets all noise to its median: normal draws are their means, and bits the more probable ones.
   */
  public void toMedians() {
    for (Stream stream : streams) {
      Arrays.fill(stream.host(), stream.isNormal() ? 0 : MEDIAN_OF_UNIFORM);
      kernels.copyIn(stream.host(), stream.matrix().value());
    }
    Arrays.fill(told, false);
  }

  /** Sends what was drawn to the matrices. */
  public void send() {
    if (allTold() && kernels.inputs().isPresent()) {
      DeviceInputs device = kernels.inputs().get();
      streams.forEach(stream -> drawInPlace(device, stream));
    } else {
      allOnHost();
      streams.forEach(stream -> kernels.copyIn(stream.host(), stream.matrix().value()));
    }
  }

  private boolean allTold() {
    for (boolean one : told) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  private void drawInPlace(DeviceInputs device, Stream stream) {
    long[] ofStream = new long[images];
    Arrays.setAll(ofStream, image -> Noise.stream(keys[image], stream.number()));
    NoiseRows rows =
        stream.shared()
            ? new NoiseRows(ofStream, new long[images], ones())
            : new NoiseRows(ofStream, firstSamples, counts);
    if (stream.isNormal()) {
      device.normal(rows, stream.matrix().value());
    } else {
      device.uniform(rows, stream.matrix().value());
    }
  }

  private int[] ones() {
    int[] ones = new int[images];
    Arrays.fill(ones, 1);
    return ones;
  }
}
