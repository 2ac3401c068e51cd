package org.sparkvae.device.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** Arguments of a launch in native memory, as the driver wants them: pointers to values. */
final class Arguments {
  private static final int MOST = 64;
  private final Memory values = new Memory(8L * MOST);
  private final Memory pointers = new Memory(8L * MOST);

  Arguments() {
    for (int i = 0; i < MOST; i++) {
      pointers.setPointer(8L * i, values.share(8L * i));
    }
  }

  /** The driver copies them before a launch returns. */
  Pointer of(Object... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      long at = 8L * i;
      if (arguments[i] instanceof Long address) {
        values.setLong(at, address);
      } else if (arguments[i] instanceof Integer number) {
        values.setInt(at, number);
      } else if (arguments[i] instanceof Float number) {
        values.setFloat(at, number);
      } else {
        values.setDouble(at, (Double) arguments[i]);
      }
    }
    return pointers;
  }
}
