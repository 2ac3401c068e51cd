package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.SharedArray;
import org.sparkvae.device.code.Type;
import org.sparkvae.device.code.Value;

/**
 * Those of the log-density of each value under each Gaussian, [rows, images]: -1/2 sum_p (log 2 pi
 * + s_p + e_p^2), from values z [rows, k], means and s [images, 2 k], and links [images, n].
 *
 * <p>Forward, a block takes a pair of a row and an image; backward, the first blocks take an image
 * each with all rows, and the others a row each with all images.
 */
public record DensityKernels(Whitening whitening) implements LoopKernels {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  @Override
  public int forwardBlocks(int rows, int images) {
    return Math.multiplyExact(rows, images);
  }

  @Override
  public int backwardBlocks(int rows, int images) {
    return Math.addExact(images, rows);
  }

  @Override
  public void forward(ForwardKernel loop) {
    int k = whitening.k();
    Whitening.Row row = new Whitening.Row(loop, k);
    loop.row(
        pair -> {
          row.take(pair.over(loop.images()), loop.image());
          whitening.whiten(row);
          Value sum =
              loop.team()
                  .sum(
                      k,
                      p -> {
                        Value e = row.e.load(p);
                        return e.fma(e, row.s(p));
                      });
          Value density = sum.plus(k * LOG_2PI).times(-0.5).to(Type.F32);
          loop.team().one(() -> loop.out().store(pair, density));
        });
  }

  @Override
  public void backward(BackwardKernel loop) {
    int k = whitening.k();
    Whitening.Row row = new Whitening.Row(loop, k);
    SharedArray byValue = loop.vector(k);
    Value block = loop.image();
    Value isImage = block.isLess(loop.images());
    loop.kernel.when(
        isImage,
        () -> {
          Whitening.Sums sums = Whitening.Sums.of(loop, whitening);
          loop.team().meet();
          loop.kernel.repeat(
              block.number(0),
              loop.rowCount(),
              block.number(1),
              number -> ofImage(loop, row, number, block, sums));
        });
    loop.kernel.when(
        loop.images().isAtMost(block),
        () -> {
          Value number = block.minus(loop.images());
          loop.team().each(k, i -> byValue.store(i, i.to(Type.F64).times(0)));
          loop.kernel.repeat(
              block.number(0),
              loop.images(),
              block.number(1),
              image -> {
                seed(loop, row, number, image);
                whitening.derive(row, null);
                loop.team()
                    .each(k, i -> byValue.store(i, byValue.load(i).plus(row.byOffset.load(i))));
              });
          loop.write(byValue, 0, number, k);
        });
  }

  private void ofImage(
      BackwardKernel loop, Whitening.Row row, Value number, Value image, Whitening.Sums sums) {
    Value by = seed(loop, row, number, image);
    whitening.derive(row, sums);
    row.subtractFromMean(sums);
    // The derivative by s of whitening is other threads'.
    loop.team().meet();
    loop.team()
        .each(
            whitening.k(), p -> BackwardKernel.add(sums.packed(), row.placeOfS(p), by.times(-0.5)));
    loop.team().meet();
  }

  /** Sets the derivatives by e; gives that by the density. */
  private Value seed(BackwardKernel loop, Whitening.Row row, Value number, Value image) {
    row.take(number, image);
    whitening.whiten(row);
    Value place = number.times(loop.images()).plus(image);
    Value by = LoopKernel.wide(loop.byOut(), place);
    loop.team().each(whitening.k(), p -> row.byE.store(p, by.times(row.e.load(p)).negated()));
    loop.team().meet();
    return by;
  }
}
