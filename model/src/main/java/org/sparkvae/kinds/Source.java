package org.sparkvae.kinds;

import java.util.List;
import java.util.Optional;

/** A block of named values that a record is read from. */
public interface Source {
  /**
   * Which of several kinds it is; empty where it does not say.
   *
   * @param names of the kinds
   */
  Optional<String> kind(List<String> names);

  /** Whether it holds a component. */
  boolean has(Component component);

  /** The block of a component that is a record. */
  Source at(Component component);

  /** A whole number. */
  long whole(Component component);

  /** A number. */
  double number(Component component);

  /** Whether something is so. */
  boolean flag(Component component);

  /** A text. */
  String text(Component component);

  /** One of the component's choices. */
  Enum<?> choice(Component component);

  /** A list of whole numbers. */
  List<Integer> wholes(Component component);

  /** A list of texts. */
  List<String> texts(Component component);

  /** What is thrown where a record cannot be made of what the block holds. */
  default RuntimeException refused(IllegalArgumentException why) {
    return why;
  }
}
