package org.sparkvae.job.track.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Reads event files back, as TensorBoard does: by their frames, checksums and field numbers. */
public final class EventReader {
  private EventReader() {}

  /** A value of a summary: a scalar, or a picture. */
  public record Event(long step, String tag, float value, byte[] png, List<Long> sides) {}

  /** The event files of a directory, in order. */
  public static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /** The events of a file but the first, which tells the version. */
  public static List<Event> read(Path file) throws IOException {
    List<byte[]> records = records(Files.readAllBytes(file));
    Map<Integer, Object> first = fields(records.get(0));
    assertThat(text(first.get(3))).isEqualTo("brain.Event:2");
    List<Event> events = new ArrayList<>();
    for (byte[] entry : records.subList(1, records.size())) {
      Map<Integer, Object> event = fields(entry);
      assertThat((double) event.get(1)).isGreaterThan(1.6e9);
      Map<Integer, Object> value = fields((byte[]) fields((byte[]) event.get(5)).get(1));
      Map<Integer, Object> image = value.containsKey(4) ? fields((byte[]) value.get(4)) : Map.of();
      events.add(
          new Event(
              (long) event.get(2),
              text(value.get(1)),
              (float) value.getOrDefault(2, Float.NaN),
              (byte[]) image.get(4),
              image.isEmpty()
                  ? List.of()
                  : List.of((long) image.get(1), (long) image.get(2), (long) image.get(3))));
    }
    return events;
  }

  private static List<byte[]> records(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = take(in, 8);
      assertThat(in.getInt()).as("checksum of a length").isEqualTo(masked(length));
      byte[] entry =
          take(in, (int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
      assertThat(in.getInt()).as("checksum of a record").isEqualTo(masked(entry));
      records.add(entry);
    }
    return records;
  }

  /** As tensorflow/core/lib/hash/crc32c.h has it. */
  private static int masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    long sum = crc.getValue();
    return (int) (((sum >>> 15 | sum << 17) & 0xffffffffL) + 0xa282ead8L);
  }

  private static Map<Integer, Object> fields(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, Object> fields = new TreeMap<>();
    while (in.hasRemaining()) {
      long key = variable(in);
      Object value =
          switch ((int) key & 7) {
            case 0 -> variable(in);
            case 1 -> in.getDouble();
            case 2 -> take(in, (int) variable(in));
            case 5 -> in.getFloat();
            default -> throw new AssertionError("form " + (key & 7));
          };
      fields.put((int) (key >>> 3), value);
    }
    return fields;
  }

  private static long variable(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }
}
