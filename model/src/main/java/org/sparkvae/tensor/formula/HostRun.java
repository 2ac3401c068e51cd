package org.sparkvae.tensor.formula;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkvae.host.HostFloats;

/**
 * Runs compiled formulas on float32 arrays in host memory: every instruction is a loop of vectors
 * over a block of a row, and blocks stay in cache. It holds its registers from run to run, and
 * belongs to one task.
 *
 * <p>Sums over columns, and over rows to one value, are float64; those over rows or samples for
 * each column are float32, from the first row to the last.
 */
public final class HostRun implements Run {
  /** Values of a block: two kilobytes a register. */
  static final int BLOCK = 512;

  private final Frame frame;
  private final Code code;
  private final int columns;

  /** By number: where an operand lies; else null. */
  private final HostArray[] operands;

  private final HostArray[] outputs;

  /** By number: a row of what is the same for all rows; else null. */
  private final float[][] invariant;

  /** By number: the array that holds the expression, that row or its register. */
  private final float[][] held;

  /** The numbers of what varies by row, in order. */
  private final int[] perRow;

  /** For outputs by column, their sums; else null. */
  private final float[][] columnSums;

  /** For a frame of arrays in host memory. */
  public HostRun(Frame frame) {
    this.frame = frame;
    this.code = frame.code();
    this.columns = frame.columns();
    operands = new HostArray[code.expressions().size()];
    for (Formula.Operand operand : code.operands().values()) {
      operands[code.number(operand)] = HostArray.of(frame.operands().get(operand.name()), columns);
    }
    outputs =
        frame.outputs().stream()
            .map(content -> HostArray.of(content, columns))
            .toArray(HostArray[]::new);
    int padded = HostFloats.padded(columns);
    List<Formula> expressions = code.expressions();
    float[][] registers = new float[code.registers()][HostFloats.padded(Math.min(columns, BLOCK))];
    invariant = new float[expressions.size()][];
    held = new float[expressions.size()][];
    for (int n = 0; n < held.length; n++) {
      if (Code.isInvariant(expressions.get(n))) {
        invariant[n] = new float[padded];
      }
      held[n] = invariant[n] != null ? invariant[n] : registers[code.register(n)];
    }
    perRow = IntStream.range(0, held.length).filter(n -> invariant[n] == null).toArray();
    columnSums = new float[code.outputs().size()][];
    for (int i = 0; i < columnSums.length; i++) {
      if (code.outputs().get(i).axes() == Axes.COLUMN) {
        columnSums[i] = new float[padded];
      }
    }
  }

  @Override
  public void run(double[] betas) {
    ByteBuffer[] arrays = bytes(operands);
    computeInvariants(arrays);
    Sums sums = new Sums(betas);
    for (int r = 0; r < frame.rows(); r++) {
      for (int from = 0; from < columns; from += BLOCK) {
        int count = Math.min(BLOCK, columns - from);
        for (int n : perRow) {
          compute(n, arrays[n], r, from, count);
        }
        sums.add(r, from, count);
      }
      sums.endRow(r);
    }
    sums.end();
    // Keeps the arrays from being freed under the loops over their memory.
    Reference.reachabilityFence(frame);
  }

  private static ByteBuffer[] bytes(HostArray[] arrays) {
    ByteBuffer[] bytes = new ByteBuffer[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      bytes[i] = arrays[i] == null ? null : arrays[i].bytes();
    }
    return bytes;
  }

  private void computeInvariants(ByteBuffer[] arrays) {
    for (int n = 0; n < held.length; n++) {
      float[] row = invariant[n];
      if (row == null) {
        continue;
      }
      Formula expression = code.expressions().get(n);
      if (expression instanceof Formula.Operand operand) {
        if (operand.axes() == Axes.COLUMN) {
          HostFloats.read(arrays[n], 0, row, columns);
        } else {
          Arrays.fill(row, HostFloats.get(arrays[n], 0));
        }
      } else if (expression instanceof Formula.Number number) {
        Arrays.fill(row, (float) number.value());
      } else {
        combine(n, 0, columns);
      }
    }
  }

  private void compute(int n, ByteBuffer array, int r, int from, int count) {
    if (!(code.expressions().get(n) instanceof Formula.Operand operand)) {
      combine(n, from, count);
      return;
    }
    float[] to = held[n];
    switch (operand.axes()) {
      case VALUE -> HostFloats.read(array, operands[n].place(r, from), to, count);
      case IMAGE -> HostFloats.read(array, operands[n].place(r % frame.images(), from), to, count);
      default -> {
        Content.PerRow rows = (Content.PerRow) frame.operands().get(operand.name());
        Arrays.fill(to, 0, HostFloats.padded(count), (float) rows.values()[r]);
      }
    }
  }

  /** Computes an expression of parts, over the block of so many values that begins at a column. */
  private void combine(int n, int from, int count) {
    int[] parts = code.parts(n);
    int left = parts[0];
    float[] to = held[n];
    if (code.expressions().get(n) instanceof Formula.Applied applied) {
      Loops.apply(applied.function(), held[left], at(left, from), to, count);
    } else if (code.expressions().get(n) instanceof Formula.Joined joined) {
      int right = parts[1];
      Loops.join(
          joined.join(), held[left], at(left, from), held[right], at(right, from), to, count);
    }
  }

  /** Where in its array the block of an expression that begins at a column begins. */
  private int at(int n, int from) {
    return invariant[n] == null ? 0 : from;
  }

  /** The outputs of one run. */
  private final class Sums {
    private final double[] betas;
    private final double[] ofRow = new double[code.outputs().size()];
    private final double[] total = new double[code.outputs().size()];
    private final ByteBuffer[] arrays = bytes(outputs);

    Sums(double[] betas) {
      this.betas = betas;
      for (float[] sums : columnSums) {
        if (sums != null) {
          Arrays.fill(sums, 0);
        }
      }
    }

    /** A block is computed. */
    void add(int r, int from, int count) {
      for (int i = 0; i < arrays.length; i++) {
        Output output = code.outputs().get(i);
        float[] block = held[code.result(i)];
        int at = at(code.result(i), from);
        switch (output.axes()) {
          case VALUE -> write(betas[i], i, outputs[i].place(r, from), block, at, count);
          case IMAGE -> {
            int image = r % frame.images();
            // The first sample meets what was there before, the others the first.
            double beta = r < frame.images() ? betas[i] : 1;
            write(beta, i, outputs[i].place(image, from), block, at, count);
          }
          case COLUMN -> Loops.addTo(columnSums[i], from, block, at, count);
          case ROW, SCALAR -> ofRow[i] += Loops.sum(block, at, count);
        }
      }
    }

    private void write(double beta, int i, int to, float[] block, int at, int count) {
      float[] values = at == 0 ? block : Arrays.copyOfRange(block, at, at + count);
      HostFloats.write(beta, arrays[i], to, values, count);
    }

    /** All blocks of a row are computed. */
    void endRow(int r) {
      for (int i = 0; i < ofRow.length; i++) {
        if (frame.outputs().get(i) instanceof Content.PerRow rows) {
          rows.values()[r] = betas[i] == 0 ? ofRow[i] : rows.values()[r] + ofRow[i];
        }
        total[i] += ofRow[i];
        ofRow[i] = 0;
      }
    }

    /** All rows are computed. */
    void end() {
      for (int i = 0; i < arrays.length; i++) {
        Axes axes = code.outputs().get(i).axes();
        if (axes == Axes.COLUMN) {
          HostFloats.write(betas[i], arrays[i], 0, columnSums[i], columns);
        } else if (axes == Axes.SCALAR) {
          double before = betas[i] == 0 ? 0 : HostFloats.get(arrays[i], 0);
          HostFloats.put(arrays[i], 0, (float) (before + total[i]));
        }
      }
    }
  }
}
