package org.sparkvae.step;

import java.io.Serializable;

/**
 * Something that steps measure.
 *
 * @param name as a column of a table, "kl"
 * @param title as the head of a printed column, with its unit, "KL, nats"
 * @param per what its sums are divided by where they are told
 */
public record Measure(String name, String title, Per per) implements Serializable {
  /** What a sum is divided by. */
  public enum Per {
    /** The images: a mean per image. */
    IMAGE,
    /** Nothing: a count. */
    ALL
  }
}
