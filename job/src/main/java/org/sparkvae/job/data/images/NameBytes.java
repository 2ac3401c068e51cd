package org.sparkvae.job.data.images;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Names as bytes: of one without path and text nothing, else the length of either and its text. */
final class NameBytes {
  private static final int MISSING = -1;

  private NameBytes() {}

  static byte[] of(ImageName name) {
    if (name.equals(ImageName.NONE)) {
      return new byte[0];
    }
    byte[] path = bytes(name.path());
    byte[] idText = bytes(name.idText());
    ByteBuffer buffer =
        ByteBuffer.allocate(2 * Integer.BYTES + length(path, 0) + length(idText, 0));
    buffer.putInt(length(path, MISSING)).putInt(length(idText, MISSING));
    if (path != null) {
      buffer.put(path);
    }
    if (idText != null) {
      buffer.put(idText);
    }
    return buffer.array();
  }

  static ImageName read(byte[] bytes) {
    if (bytes.length == 0) {
      return ImageName.NONE;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int path = buffer.getInt();
    int idText = buffer.getInt();
    return new ImageName(text(buffer, path), text(buffer, idText));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static int length(byte[] text, int otherwise) {
    return text == null ? otherwise : text.length;
  }

  private static String text(ByteBuffer buffer, int length) {
    if (length == MISSING) {
      return null;
    }
    byte[] text = new byte[length];
    buffer.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
