package org.sparkvae.tensor.formula;

import java.nio.ByteBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.host.HostFloats;

/**
 * Where the values of an operand or an output lie in host memory.
 *
 * @param array that holds them
 * @param first place of its first value in the array
 * @param stride places from a row to the next
 */
record HostArray(INDArray array, int first, int stride) {
  /** Of a content; null for values on the heap. */
  static HostArray of(Content content, int columns) {
    if (content instanceof Content.PerRow) {
      return null;
    }
    if (content instanceof Content.Array whole) {
      return new HostArray(whole.array(), 0, columns);
    }
    Content.Part part = (Content.Part) content;
    return new HostArray(part.matrix(), part.first(), Math.toIntExact(part.matrix().size(1)));
  }

  ByteBuffer bytes() {
    return HostFloats.bytes(array);
  }

  int place(int row, int column) {
    return row * stride + first + column;
  }
}
