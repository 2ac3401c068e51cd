package org.sparkvae.tensor.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.device.Device;
import org.sparkvae.device.DeviceException;
import org.sparkvae.tensor.device.kernel.NoiseKernels;
import org.sparkvae.tensor.formula.Content;
import org.sparkvae.tensor.kernels.NoiseRows;
import org.sparkvae.tensor.kernels.PixelRows;

/**
 * Where arrays lie on a device. Views of one array share its memory there as they do in host
 * memory. Safe for threads that touch different arrays.
 */
final class DeviceArrays {
  /** What a thread touches while it is watched. */
  record Touched(Set<Shadow> read, Set<Shadow> written) {
    Touched() {
      this(new LinkedHashSet<>(), new LinkedHashSet<>());
    }
  }

  private final Device device;
  private final Shadows shadows = new Shadows();
  private final Map<Object, Staging> staging = new ConcurrentHashMap<>();
  private final ThreadLocal<Touched> watched = new ThreadLocal<>();

  DeviceArrays(Device device) {
    this.device = device;
  }

  Staging staging() {
    return staging.computeIfAbsent(device.lane(), lane -> new Staging(device));
  }

  /** What takes memory of the device beside arrays; see {@link Shadows#withRoom}. */
  <T> T withRoom(Supplier<T> taking) {
    return shadows.withRoom(taking);
  }

  /** What the calling thread touches from now on is added to this; null for no longer. */
  void watch(Touched touched) {
    watched.set(touched);
  }

  /** Where kernels find what tells the noise of images. */
  long told(NoiseRows rows) {
    int images = rows.keys().length;
    ByteBuffer piece = staging().take(Integer.BYTES * NoiseKernels.OF_IMAGE * images);
    IntBuffer numbers = piece.asIntBuffer();
    for (int i = 0; i < images; i++) {
      numbers.put((int) rows.keys()[i]).put((int) (rows.keys()[i] >>> 32));
      numbers.put((int) rows.firstSamples()[i]).put(rows.counts()[i]);
    }
    return device.address(piece);
  }

  /**
   * Tells a launch where its kernel finds a key and an address for each image: in memory of the
   * device where its array is kept there, else in that of the host.
   *
   * @param launch what is kept stays until it has asked for the work
   */
  void tell(PixelRows images, long[] keys, LongConsumer launch) {
    if (shadows.keepAny()) {
      shadows.whileKept(() -> launch.accept(told(images, keys, shadows::known)));
    } else {
      // It may wait for memory of the host, for which others need not wait.
      launch.accept(told(images, keys, array -> null));
    }
  }

  private long told(PixelRows images, long[] keys, Function<byte[], Shadow> known) {
    int ofKeys = Long.BYTES * NoiseKernels.OF_PIXELS * keys.length;
    long[] kept = new long[keys.length];
    int sent = 0;
    for (int i = 0; i < kept.length; i++) {
      Shadow shadow = known.apply(images.arrays()[i]);
      if (shadow == null) {
        sent++;
      } else {
        kept[i] = shadow.address();
      }
    }
    ByteBuffer piece = staging().take(ofKeys + sent * images.values());
    long base = device.address(piece);
    int end = ofKeys;
    for (int i = 0; i < kept.length; i++) {
      long address = kept[i] + images.from()[i];
      if (kept[i] == 0) {
        piece.put(end, images.arrays()[i], images.from()[i], images.values());
        address = base + end;
        end += images.values();
      }
      piece.putLong(keys[i]).putLong(address);
    }
    return base;
  }

  /**
   * Keeps a copy of bytes that never change, where most of the memory stays for the rest, until
   * that needs it.
   */
  synchronized void keep(byte[] bytes) {
    if (bytes.length == 0 || shadows.isShort() || shadows.known(bytes) != null) {
      return;
    }
    try {
      long kept = shadows.kept();
      if (kept + bytes.length < (kept + device.available()) / 2) {
        shadows.add(bytes, sent(bytes));
      }
    } catch (DeviceException e) {
      // Others were faster, or the host has no memory to send them from: its images are sent.
    }
  }

  private Shadow sent(byte[] bytes) {
    Shadow shadow = new Shadow.OfBytes(device, bytes, this::staging);
    try {
      shadow.toDevice();
      device.finish();
    } catch (DeviceException e) {
      shadow.free();
      throw e;
    }
    return shadow;
  }

  /** The address of an array that is read. */
  long toRead(INDArray array) {
    return place(read(shadow(array)), array);
  }

  /** The address of an array that is read and written. */
  long toUpdate(INDArray array) {
    return place(written(read(shadow(array))), array);
  }

  /** The address of an array that is overwritten whole. */
  long toWrite(INDArray array) {
    Shadow shadow = shadow(array);
    // Of the others that share its memory nothing is overwritten.
    boolean whole = shadow.bytes() == Float.BYTES * array.length();
    return place(written(whole ? shadow : read(shadow)), array);
  }

  /** The address of values of rows that are read. */
  long toRead(double[] rows) {
    return read(shadow(rows)).address();
  }

  /** The address of values of rows that are read and written. */
  long toUpdate(double[] rows) {
    return written(read(shadow(rows))).address();
  }

  /** The address of values of rows that are overwritten. */
  long toWrite(double[] rows) {
    return written(shadow(rows)).address();
  }

  /** The address of a formula's operand. */
  long toRead(Content content) {
    return content instanceof Content.PerRow rows
        ? toRead(rows.values())
        : toRead(content.memory().orElseThrow());
  }

  /**
   * The address of a formula's output.
   *
   * @param keeps whether what it held is added to
   */
  long toWrite(Content content, boolean keeps) {
    if (content instanceof Content.PerRow rows) {
      return keeps ? toUpdate(rows.values()) : toWrite(rows.values());
    }
    INDArray array = content.memory().orElseThrow();
    // The other columns of a part stay as they are.
    return keeps || content instanceof Content.Part ? toUpdate(array) : toWrite(array);
  }

  private static long place(Shadow shadow, INDArray array) {
    return shadow.address() + Float.BYTES * array.offset();
  }

  private Shadow read(Shadow shadow) {
    Touched touched = watched.get();
    if (touched != null && !touched.written().contains(shadow)) {
      touched.read().add(shadow);
    }
    shadow.toDevice();
    return shadow;
  }

  private Shadow written(Shadow shadow) {
    Touched touched = watched.get();
    if (touched != null) {
      touched.written().add(shadow);
    }
    shadow.writtenOnDevice();
    return shadow;
  }

  /** The shadow of an array; null where it has none, so that host memory alone holds it. */
  Shadow known(INDArray array) {
    return shadows.known(root(array));
  }

  /** The shadow of values of rows; null where they have none. */
  Shadow known(double[] rows) {
    return shadows.known(rows);
  }

  /** Has values of rows sent anew, unless the device has newer ones. */
  void refresh(double[] rows) {
    Shadow known = known(rows);
    if (known != null && !known.isNewerOnDevice()) {
      known.writtenOnHost();
    }
  }

  /** Brings all that is newer on the device to host memory, which counts from now on. */
  void settle() {
    for (Shadow shadow : shadows.all()) {
      shadow.toHost();
      shadow.writtenOnHost();
    }
  }

  private Shadow shadow(double[] rows) {
    return shadows.of(rows, () -> new Shadow.OfRows(device, rows, this::staging));
  }

  private Shadow shadow(INDArray array) {
    DataBuffer root = root(array);
    return shadows.of(root, () -> new Shadow.OfMemory(device, root, bytes(root)));
  }

  private static DataBuffer root(INDArray array) {
    DataBuffer data = array.data();
    DataBuffer original = data.originalDataBuffer();
    return original == null ? data : original;
  }

  private static ByteBuffer bytes(DataBuffer root) {
    long bytes = Float.BYTES * root.length();
    if (bytes > Integer.MAX_VALUE) {
      throw new DeviceException(
          String.format(
              Locale.ROOT,
              "an array of %,d values is larger than 2 GiB, which none may be on a GPU: set a smaller training.batch or evaluation.block, or a smaller network",
              root.length()));
    }
    FloatPointer pointer = new FloatPointer(root.pointer()).position(0).limit(root.length());
    return pointer.asByteBuffer().slice().limit((int) bytes).slice().order(ByteOrder.nativeOrder());
  }
}
