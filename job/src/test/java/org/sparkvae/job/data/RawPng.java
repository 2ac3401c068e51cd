package org.sparkvae.job.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG files made chunk by chunk, so that they can be wrong (ISO/IEC 15948). */
final class RawPng {
  static final int GREY = 0;
  static final int PALETTE = 3;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Signature and header. */
  RawPng(int width, int height, int depth, int colour, int interlace) {
    bytes.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk("IHDR", header.put(new byte[] {(byte) depth, (byte) colour, 0, 0, (byte) interlace}));
  }

  /** Adds a chunk. */
  RawPng chunk(String type, byte... data) {
    return chunk(type, ByteBuffer.wrap(data));
  }

  private RawPng chunk(String type, ByteBuffer data) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data.array());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(data.capacity());
      out.write(name);
      out.write(data.array());
      out.writeInt((int) sum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Adds rows, each with its filter byte, and the end. */
  byte[] rows(int... values) {
    byte[] rows = new byte[values.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (byte) values[i];
    }
    byte[] packed = new byte[rows.length + 100];
    Deflater deflater = new Deflater();
    deflater.setInput(rows);
    deflater.finish();
    int size = deflater.deflate(packed);
    deflater.end();
    return data(java.util.Arrays.copyOf(packed, size));
  }

  /** Adds data as they are, and the end. */
  byte[] data(byte... packed) {
    return chunk("IDAT", packed).chunk("IEND").bytes.toByteArray();
  }
}
