package org.sparkvae.kinds;

import java.util.List;

/** A block of named values that a record is read from. */
public interface Source {
  /**
   * Which of several kinds it is.
   *
   * @param names of the kinds
   */
  String kind(List<String> names);

  /** Whether it holds a component. */
  boolean has(String component);

  /** The block of a component that is a record. */
  Source at(String component);

  /** A whole number. */
  long whole(String component);

  /** A number. */
  double number(String component);

  /** A text: one of a choice's names, as {@link Enum#name()} gives them. */
  String text(String component);

  /** A list of whole numbers. */
  List<Integer> wholes(String component);
}
