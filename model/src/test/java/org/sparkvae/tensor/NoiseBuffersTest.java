package org.sparkvae.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.noise.Noise;

class NoiseBuffersTest {
  private static final int IMAGES = 2;
  private static final int COLUMNS = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6})
  void samplesComeInPairsOfOppositeNormalsAndEqualUniforms(int samples) {
    Recorder recorder = new Recorder(IMAGES, samples);
    Matrix normal = recorder.normal(COLUMNS);
    Matrix uniform = recorder.uniform(COLUMNS);
    NoiseBuffers noise =
        new Program(
                recorder,
                recorder.layout(),
                Nd4j.create(DataType.DOUBLE, 0),
                null,
                List.of(normal, uniform))
            .noise();
    for (int image = 0; image < IMAGES; image++) {
      noise.draw(Noise.key(1, Noise.Purpose.REFINEMENT, 0, image), image);
    }
    noise.send();
    double[] before = normal.value().data().asDouble().clone();
    noise.mirror(1);
    noise.send();

    double[] normals = normal.value().data().asDouble();
    double[] uniforms = uniform.value().data().asDouble();
    int pairs = samples / 2;
    for (int s = 0; s < samples; s++) {
      for (int c = 0; c < COLUMNS; c++) {
        int ofFirst = (s * IMAGES) * COLUMNS + c;
        int ofSecond = (s * IMAGES + 1) * COLUMNS + c;
        assertThat(normals[ofFirst]).isEqualTo(before[ofFirst]);
        int twin = ofSecond - (samples - pairs) * IMAGES * COLUMNS;
        if (s < samples - pairs) {
          assertThat(normals[ofSecond]).isEqualTo(before[ofSecond]).isNotZero();
        } else {
          assertThat(normals[ofSecond]).isEqualTo(-normals[twin]);
          assertThat(uniforms[ofSecond]).isEqualTo(uniforms[twin]);
        }
      }
    }
  }
}
