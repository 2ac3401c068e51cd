package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Recorder;

class PlanarTest {
  /** w . u is -6: without the constraint the map would fold. */
  @Test
  void mapsThatWouldFoldDoNot() {
    double[][] line = new double[81][];
    for (int i = 0; i < line.length; i++) {
      line[i] = new double[] {0.1 * (i - 40)};
    }
    List<double[]> directions = List.of(new double[] {-3}, new double[] {2}, new double[] {0.3});
    Flow flow = new Flow(new Planar(1, new DiagonalGaussian()), 1, directions, 1, 1);
    Flow.Mapped mapped = flow.of(line);
    for (int i = 1; i < line.length; i++) {
      assertThat(mapped.values()[i][0]).isGreaterThan(mapped.values()[i - 1][0]);
      assertThat(mapped.logVolumes()[i]).isFinite();
    }
  }

  /** Of features that are all 0, as an image's that is black. */
  @Test
  void mapsOfNoFeaturesStartDefined() {
    Recorder recorder = new Recorder(1, 1);
    new Planar(2, new Chain()).given(recorder, recorder.constant(1, 3), 2);
    for (String name : List.of("0.w.bias", "1.w.bias")) {
      ParameterLayout.Block block = recorder.layout().block(name);
      assertThat(block.start().values(block, 1, new float[0])).doesNotContain(0f);
    }
  }

  @Test
  void aFlowOfNoMapsIsRefused() {
    assertThatThrownBy(() -> new Planar(0, new Chain()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length must be at least 1, but is 0");
  }
}
