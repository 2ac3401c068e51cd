package org.sparkvae.posterior.loop;

import org.sparkvae.device.code.Value;

/**
 * Those of the noise that draws are made of: from draws z [rows, k], means and s [images, 2 k], and
 * links [images, n].
 */
public record NoiseKernels(Whitening whitening) implements LoopKernels {
  @Override
  public void forward(ForwardKernel loop) {
    Whitening.Row row = new Whitening.Row(loop, whitening.k());
    loop.row(
        number -> {
          row.take(number, loop.image());
          whitening.whiten(row);
          loop.write(row.e, number, whitening.k());
        });
  }

  @Override
  public void backward(BackwardKernel loop) {
    Whitening.Row row = new Whitening.Row(loop, whitening.k());
    Whitening.Sums sums = Whitening.Sums.of(loop, whitening);
    Value image = loop.image();
    loop.eachRow(
        number -> {
          row.take(number, image);
          whitening.whiten(row);
          loop.read(loop.byOut(), number, whitening.k(), row.byE);
          loop.team().meet();
          whitening.derive(row, sums);
          row.subtractFromMean(sums);
          loop.write(row.byOffset, 0, number, whitening.k());
        });
  }
}
