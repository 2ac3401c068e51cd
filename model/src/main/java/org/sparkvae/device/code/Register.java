package org.sparkvae.device.code;

/**
 * A register of a thread.
 *
 * @param type what it holds
 * @param number among those of its type, from 0
 */
public record Register(Type type, int number) {
  @Override
  public String toString() {
    return type.prefix() + number;
  }
}
