package org.sparkvae.job.track.tensorboard;

import java.nio.ByteBuffer;

/** TensorBoard's events, each as the bytes of an {@code Event} of Protocol Buffers. */
final class Events {
  private static final String VERSION = "brain.Event:2";

  // Fields of Event, Summary, Summary.Value and Summary.Image.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int IMAGE = 4;
  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;
  private static final int COLOUR_SPACE = 3;
  private static final int ENCODED = 4;

  // Places in a PNG file.
  private static final int PNG_WIDTH = 16;
  private static final int PNG_HEIGHT = 20;
  private static final int PNG_COLOUR_TYPE = 25;
  private static final int PNG_HEADER = 33;

  private Events() {}

  /**
   * What a file begins with.
   *
   * @param seconds since 1970, as of all events
   */
  static byte[] version(double seconds) {
    return new Message().number(WALL_TIME, seconds).text(FILE_VERSION, VERSION).bytes();
  }

  /** A number at a step. */
  static byte[] scalar(double seconds, long step, String tag, double value) {
    return event(seconds, step, new Message().text(TAG, tag).number(SIMPLE_VALUE, (float) value));
  }

  /**
   * A picture at a step.
   *
   * @throws IllegalArgumentException where it is no PNG file
   */
  static byte[] image(double seconds, long step, String tag, byte[] png) {
    if (png.length < PNG_HEADER) {
      throw new IllegalArgumentException("a PNG file has more than " + png.length + " bytes");
    }
    ByteBuffer header = ByteBuffer.wrap(png);
    Message image =
        new Message()
            .whole(HEIGHT, header.getInt(PNG_HEIGHT))
            .whole(WIDTH, header.getInt(PNG_WIDTH))
            .whole(COLOUR_SPACE, channels(png[PNG_COLOUR_TYPE]))
            .raw(ENCODED, png);
    return event(seconds, step, new Message().text(TAG, tag).inner(IMAGE, image));
  }

  private static byte[] event(double seconds, long step, Message value) {
    return new Message()
        .number(WALL_TIME, seconds)
        .whole(STEP, step)
        .inner(SUMMARY, new Message().inner(VALUE, value))
        .bytes();
  }

  /** Grey, grey with alpha, RGB or a palette of it, RGBA. */
  private static int channels(byte colourType) {
    return switch (colourType) {
      case 0 -> 1;
      case 4 -> 2;
      case 6 -> 4;
      default -> 3;
    };
  }
}
