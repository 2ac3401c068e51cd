package org.sparkvae.kinds;

import java.io.IOException;
import java.util.List;

/** A block of named values that a record is written to. */
public interface Sink {
  /** Which of several kinds it is. */
  void kind(String name) throws IOException;

  /** Begins the block of a component, which the next values belong to. */
  void begin(Component component) throws IOException;

  /** Ends it. */
  void end() throws IOException;

  /** A whole number. */
  void whole(Component component, long value) throws IOException;

  /** A number. */
  void number(Component component, double value) throws IOException;

  /** Whether something is so. */
  void flag(Component component, boolean value) throws IOException;

  /** A text. */
  void text(Component component, String value) throws IOException;

  /** One of the component's choices. */
  void choice(Component component, Enum<?> value) throws IOException;

  /** A list of whole numbers. */
  void wholes(Component component, List<Integer> values) throws IOException;

  /** A list of texts. */
  void texts(Component component, List<String> values) throws IOException;
}
