package org.sparkvae.device.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkvae.device.Device;
import org.sparkvae.device.DeviceException;
import org.sparkvae.device.Precision;
import org.sparkvae.device.Products;

/** A product of small whole numbers, which is exact however precise factors are. */
final class Trial {
  private static final int SIDE = 16;
  private static final int VALUES = SIDE * SIDE;

  private Trial() {}

  /**
   * Multiplies once.
   *
   * @throws DeviceException where that fails, or the product is wrong
   */
  static void run(Products products, Device device) {
    int ofFactor = products.precision().bytes() * VALUES;
    int ofProduct = Float.BYTES * VALUES;
    long memory = device.allocate(2L * ofFactor + ofProduct);
    try {
      ByteBuffer factors = buffer(2 * ofFactor);
      for (int i = 0; i < VALUES; i++) {
        put(left(i), factors, i, products.precision());
        put(right(i), factors, VALUES + i, products.precision());
      }
      device.copyIn(factors, memory);
      long to = memory + 2L * ofFactor;
      products.multiply(SIDE, SIDE, SIDE, memory, false, memory + ofFactor, true, 0, to);
      ByteBuffer product = buffer(ofProduct);
      device.copyOut(to, product);
      device.finish();
      check(product, products);
    } finally {
      device.free(memory);
    }
  }

  private static void put(float value, ByteBuffer to, int place, Precision precision) {
    if (precision == Precision.BF16) {
      to.putShort(precision.bytes() * place, (short) (Float.floatToRawIntBits(value) >>> 16));
    } else {
      to.putFloat(precision.bytes() * place, value);
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
