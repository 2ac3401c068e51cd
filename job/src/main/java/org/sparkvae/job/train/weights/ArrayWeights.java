package org.sparkvae.job.train.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.tensor.kernels.VectorMeans;

/**
 * Weights in ND4J's arrays, which may lie on a device.
 *
 * @param vectors the flat parameter vector, and the optimiser's flat state where it keeps one
 */
public record ArrayWeights(List<INDArray> vectors) {
  /**
   * Those of arrays, not a copy.
   *
   * @param parameters [1, P]
   * @param state [1, length]; null where the optimiser keeps none
   */
  public static ArrayWeights of(INDArray parameters, INDArray state) {
    return new ArrayWeights(Stream.of(parameters, state).filter(Objects::nonNull).toList());
  }

  private static Stream<float[]> host(Weights weights) {
    return Stream.of(weights.parameters(), weights.state()).filter(values -> values.length > 0);
  }

  /** Takes the values of weights of the same lengths. */
  public void read(Kernels kernels, Weights from) {
    List<float[]> values = host(from).toList();
    for (int i = 0; i < vectors.size(); i++) {
      kernels.copyIn(values.get(i), vectors.get(i));
    }
  }

  /**
   * Takes the values of others of the same lengths.
   *
   * @param here of the device that these lie on
   * @param there of the device that the others lie on
   */
  public void read(VectorMeans here, ArrayWeights from, VectorMeans there) {
    for (int i = 0; i < vectors.size(); i++) {
      here.copy(there, from.vectors.get(i), vectors.get(i));
    }
  }

  /** Gives the values to weights of the same lengths. */
  public void write(Kernels kernels, Weights to) {
    List<float[]> values = host(to).toList();
    for (int i = 0; i < vectors.size(); i++) {
      kernels.copyOut(vectors.get(i), values.get(i));
    }
  }

  /**
   * Gives the values of a part to where the part is in weights.
   *
   * @param to the whole, of which these are a part
   */
  public void writePart(Kernels kernels, Weights to, int part, int parts) {
    List<float[]> whole = host(to).toList();
    int next = 0;
    for (float[] values : whole) {
      PartRange slice = PartRange.of(values.length, part, parts);
      if (slice.count() > 0) {
        float[] own = new float[slice.count()];
        kernels.copyOut(vectors.get(next++), own);
        System.arraycopy(own, 0, values, slice.from(), own.length);
      }
    }
  }

  /** Lets other threads read them, until they are written to again. */
  public void share(Kernels kernels) {
    vectors.forEach(kernels::share);
  }

  /**
   * Becomes the {@linkplain WeightedAverage average} of others.
   *
   * @param all of the shards, in their order
   * @param images that each shard processed
   */
  public void average(VectorMeans means, List<ArrayWeights> all, double[] images) {
    for (int i = 0; i < vectors.size(); i++) {
      int vector = i;
      means.mean(
          all.stream().map(one -> one.vectors.get(vector)).toList(), images, vectors.get(vector));
    }
  }

  /** Whether all values are finite. */
  public boolean isFinite(Kernels kernels) {
    // Squares of float32 values do not overflow in float64, in which they are summed.
    return vectors.stream().allMatch(vector -> Double.isFinite(kernels.sumOfSquares(vector)));
  }

  /** Arrays that are large enough for any one of several parts, on no device yet. */
  public ArrayWeights forAPart(int parts) {
    return new ArrayWeights(
        vectors.stream()
            .map(vector -> Nd4j.create(vector.dataType(), (vector.length() + parts - 1) / parts))
            .toList());
  }

  /** One of several parts, over the same memory. */
  public ArrayWeights part(int part, int parts) {
    List<INDArray> slices = new ArrayList<>();
    for (INDArray vector : vectors) {
      PartRange slice = PartRange.of(Math.toIntExact(vector.length()), part, parts);
      if (slice.count() > 0) {
        slices.add(FlatVector.part(vector, slice.from(), slice.to()));
      }
    }
    return new ArrayWeights(slices);
  }

  /**
   * As many places as a part of these has, over the memory of arrays {@linkplain #forAPart for a
   * part}.
   */
  public ArrayWeights placesOfPart(int part, int parts, ArrayWeights room) {
    List<INDArray> places = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      int length = Math.toIntExact(vectors.get(i).length());
      int count = PartRange.of(length, part, parts).count();
      if (count > 0) {
        places.add(FlatVector.part(room.vectors.get(i), 0, count));
      }
    }
    return new ArrayWeights(places);
  }
}
