package org.sparkvae.kinds;

import java.io.IOException;
import java.util.List;

/** A block of named values that a record is written to. */
public interface Sink {
  /** Which of several kinds it is. */
  void kind(String name) throws IOException;

  /** Begins the block of a component, which the next values belong to. */
  void begin(String component) throws IOException;

  /** Ends it. */
  void end() throws IOException;

  /** A whole number. */
  void whole(String component, long value) throws IOException;

  /** A number. */
  void number(String component, double value) throws IOException;

  /** A text. */
  void text(String component, String value) throws IOException;

  /** A list of whole numbers. */
  void wholes(String component, List<Integer> values) throws IOException;
}
