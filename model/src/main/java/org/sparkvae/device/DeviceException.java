package org.sparkvae.device;

/** The driver of a GPU has refused something. */
public class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** In a line: what was asked for, and what the driver says. */
  public DeviceException(String message) {
    super(message);
  }
}
