package org.sparkvae.device.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkvae.device.Device;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.Products;

/** A product of small whole numbers, which is exact however precise factors are. */
final class Trial {
  private static final int SIDE = 16;
  private static final int VALUES = SIDE * SIDE;
  private static final int BYTES = Float.BYTES * VALUES;

  private Trial() {}

  /**
   * Multiplies once.
   *
   * @throws DeviceException where that fails, or the product is wrong
   */
  static void run(Products products, Device device) {
    long memory = device.allocate(3L * BYTES);
    try {
      ByteBuffer factors = buffer(2 * BYTES);
      for (int i = 0; i < VALUES; i++) {
        factors.putFloat(Float.BYTES * i, left(i));
        factors.putFloat(BYTES + Float.BYTES * i, right(i));
      }
      device.copyIn(factors, memory);
      long to = memory + 2 * BYTES;
      products.multiply(SIDE, SIDE, SIDE, memory, false, memory + BYTES, true, 0, to);
      ByteBuffer product = buffer(BYTES);
      device.copyOut(to, product);
      device.finish();
      check(product, products);
    } finally {
      device.free(memory);
    }
  }

  private static void check(ByteBuffer product, Products products) {
    for (int i = 0; i < VALUES; i++) {
      int expected = 0;
      for (int k = 0; k < SIDE; k++) {
        expected += left(i / SIDE * SIDE + k) * right(i % SIDE * SIDE + k);
      }
      if (product.getFloat(Float.BYTES * i) != expected) {
        throw new DeviceException(products.describe() + " does not multiply rightly");
      }
    }
  }

  private static int left(int place) {
    return place % 7 - 3;
  }

  private static int right(int place) {
    return place % 11 - 5;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
