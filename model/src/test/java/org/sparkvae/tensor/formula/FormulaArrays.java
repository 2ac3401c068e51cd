package org.sparkvae.tensor.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Random arrays for all operands and outputs of a code; equal for equal codes and shapes. */
final class FormulaArrays {
  final Frame frame;

  FormulaArrays(Code code, int samples, int images, int columns, DataType type, double before) {
    Random random = new Random(7);
    Map<String, Content> operands = new LinkedHashMap<>();
    code.operands()
        .forEach(
            (name, operand) -> {
              int length = length(operand.axes(), samples, images, columns);
              float[] values = new float[length];
              for (int i = 0; i < length; i++) {
                values[i] = (float) random.nextGaussian();
              }
              operands.put(name, content(operand.axes(), values, type));
            });
    List<Content> outputs = new ArrayList<>();
    for (Output output : code.outputs()) {
      float[] values = new float[length(output.axes(), samples, images, columns)];
      Arrays.fill(values, (float) before);
      outputs.add(content(output.axes(), values, type));
    }
    frame = new Frame(code, samples, images, columns, operands, outputs);
  }

  private static Content content(Axes axes, float[] values, DataType type) {
    if (axes == Axes.ROW) {
      double[] wide = new double[values.length];
      Arrays.setAll(wide, i -> values[i]);
      return new Content.PerRow(wide);
    }
    return new Content.Array(Nd4j.createFromArray(values).castTo(type));
  }

  private static int length(Axes axes, int samples, int images, int columns) {
    return (axes.variesBySample() ? samples : 1)
        * (axes.variesByImage() ? images : 1)
        * (axes.variesByColumn() ? columns : 1);
  }

  double[] output(int i) {
    return values(frame.outputs().get(i));
  }

  private static double[] values(Content content) {
    return content instanceof Content.PerRow rows
        ? rows.values().clone()
        : ((Content.Array) content).array().castTo(DataType.DOUBLE).toDoubleVector();
  }

  double get(String name, int i) {
    return values(frame.operands().get(name))[i];
  }

  void set(String name, int i, double value) {
    if (frame.operands().get(name) instanceof Content.PerRow rows) {
      rows.values()[i] = value;
    } else {
      ((Content.Array) frame.operands().get(name)).array().putScalar(i, value);
    }
  }

  /** An operand repeated to [samples, images, columns], flat. */
  INDArray full(Formula.Operand operand) {
    double[] own = values(frame.operands().get(operand.name()));
    double[] all = new double[frame.rows() * frame.columns()];
    for (int i = 0; i < all.length; i++) {
      int r = i / frame.columns();
      int d = i % frame.columns();
      int place =
          switch (operand.axes()) {
            case VALUE -> i;
            case IMAGE -> r % frame.images() * frame.columns() + d;
            case COLUMN -> d;
            case ROW -> r;
            case SCALAR -> 0;
          };
      all[i] = own[place];
    }
    return Nd4j.createFromArray(all);
  }
}
