package org.sparkvae.job.analyse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Remembers what an analysis has drawn.
 *
 * @param planes in order, as are the others
 */
record DrawnSheet(List<Plane> planes, List<Strips> strips, List<Chart> charts) implements Sheet {
  /** Images at the steps of a plane. */
  record Plane(List<String> names, float[][] axes, List<float[]> decoded) {}

  /** Rows of images. */
  record Strips(String suffix, List<List<float[]>> rows) {}

  /** Bars. */
  record Chart(String title, List<Bar> bars) {}

  DrawnSheet() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  @Override
  public void gaps(double[] logLikelihood, double[] approximation, double[] amortisation) {}

  @Override
  public void grid(String suffix, String title, List<float[]> images) {}

  @Override
  public void plane(
      String suffix, String title, List<String> names, float[][] axes, List<float[]> decoded) {
    planes.add(new Plane(names, axes, decoded));
  }

  @Override
  public void strips(String suffix, String title, List<String> columns, List<List<float[]>> rows) {
    strips.add(new Strips(suffix, rows));
  }

  @Override
  public void blocks(String suffix, String title, List<Block> blocks) {}

  @Override
  public void matrices(
      String suffix, String title, List<String> names, List<double[][]> matrices) {}

  @Override
  public void points(
      String title,
      List<String> axes,
      float[][] points,
      int[] labels,
      Map<Integer, String> labelNames) {}

  @Override
  public void curves(String suffix, String title, List<String> axes, List<Curve> curves) {}

  @Override
  public void bars(String title, String axis, int decimals, List<Bar> bars) {
    charts.add(new Chart(title, bars));
  }
}
