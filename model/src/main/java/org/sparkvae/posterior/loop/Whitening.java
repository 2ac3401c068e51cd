package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.Elementary;
import org.sparkvae.device.code.GlobalArray;
import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * The noise e that a value z would be a draw by, of one Gaussian: by its means and s, [images, 2
 * k], and what its triangle has beside the diagonal, [images, links], the second and the third
 * input of a loop whose first is z.
 */
public sealed interface Whitening permits BandWhitening, FactorWhitening {
  /** Dimensions. */
  int k();

  /** Values of a triangle beside its diagonal. */
  int links();

  /** Computes e of the offset z - mean. All threads have met before, and after. */
  void whiten(Row row);

  /**
   * Computes the derivatives by the offset from those by e. All threads have met before, and after.
   *
   * @param sums what those by s and the links are added to; null for none
   */
  void derive(Row row, Sums sums);

  /** The derivatives by means and s, and by the links. */
  record Sums(GlobalArray packed, GlobalArray links) {
    static Sums of(BackwardKernel loop, Whitening whitening) {
      return new Sums(loop.sum(1, 2 * whitening.k()), loop.sum(2, whitening.links()));
    }
  }

  /** What a block holds of a value and a Gaussian. */
  final class Row {
    final LoopKernel loop;
    final SharedArray offset;
    final SharedArray e;
    final SharedArray byE;
    final SharedArray byOffset;
    private final int k;
    private Value image;

    Row(LoopKernel loop, int k) {
      this.loop = loop;
      this.k = k;
      offset = loop.vector(k);
      e = loop.vector(k);
      byE = loop.vector(k);
      byOffset = loop.vector(k);
    }

    Value image() {
      return image;
    }

    /** Takes the offset of a value from an image's mean. */
    void take(Value row, Value ofImage) {
      image = ofImage;
      Value value = row.times(row.number(k));
      Value mean = image.times(image.number(2 * k));
      loop.team().meet();
      loop.team()
          .each(
              k,
              i -> {
                Value z = LoopKernel.wide(loop.in(0), value.plus(i));
                offset.store(i, z.minus(LoopKernel.wide(loop.in(1), mean.plus(i))));
              });
      loop.team().meet();
    }

    /** The place of s_p among means and s. */
    Value placeOfS(Value p) {
      return image.times(image.number(2 * k)).plus(k).plus(p);
    }

    Value s(Value p) {
      return LoopKernel.wide(loop.in(1), placeOfS(p));
    }

    /** e^(-s_p / 2). */
    Value precision(Value p) {
      return Elementary.exp(s(p).times(-0.5).to(Type.F32)).to(Type.F64);
    }

    Value link(Value place) {
      return LoopKernel.wide(loop.in(2), place);
    }

    /** Takes the derivative by the offset from that by the mean. */
    void subtractFromMean(Sums sums) {
      Value mean = image.times(image.number(2 * k));
      loop.team()
          .each(
              k, i -> BackwardKernel.add(sums.packed(), mean.plus(i), byOffset.load(i).negated()));
    }
  }
}
