package org.sparkvae.device.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** Arguments of a launch in native memory, as the driver wants them: pointers to values. */
final class Arguments {
  private static final int FIRST = 64;

  private int slots;
  private Memory values;
  private Memory pointers;

  Arguments() {
    hold(FIRST);
  }

  private void hold(int count) {
    slots = count;
    values = new Memory((long) Long.BYTES * count);
    pointers = new Memory((long) Long.BYTES * count);
    for (int i = 0; i < count; i++) {
      long at = (long) Long.BYTES * i;
      pointers.setPointer(at, values.share(at));
    }
  }

  /** The driver copies them before a launch returns. */
  Pointer of(Object... arguments) {
    if (arguments.length > slots) {
      hold(Math.max(arguments.length, 2 * slots));
    }
    for (int i = 0; i < arguments.length; i++) {
      long at = (long) Long.BYTES * i;
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
