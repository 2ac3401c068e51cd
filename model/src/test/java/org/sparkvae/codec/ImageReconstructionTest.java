package org.sparkvae.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.vae.ImageModel;

/** Codes and reconstructions image by image are those of {@link Codec} for several images. */
class ImageReconstructionTest {
  static Stream<ImageModel> models() {
    return ModelCases.every().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void isWhatTheCodecDecodesOfTheCode(ImageModel model) {
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 5);
    Codec codec = new Codec(model, parameters);
    ImageReconstruction reconstruction = new ImageReconstruction(model, parameters);
    ImageCode code = new ImageCode(model, parameters);
    float[][] images = images(model.x().values());
    float[][] codes = codec.encode(images);
    float[][] decoded = codec.decode(codes);
    for (int i = 0; i < images.length; i++) {
      assertThat(reconstruction.of(images[i]))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(decoded[i]);
      if (model.model().layers() == 1 && codes[i].length == model.model().latent()) {
        assertThat(code.of(images[i]))
            .usingComparatorWithPrecision(1e-5f)
            .containsExactly(codes[i]);
      }
    }
  }

  private static float[][] images(int values) {
    Random random = new Random(2);
    float[][] images = new float[3][values];
    for (float[] image : images) {
      for (int d = 0; d < values; d++) {
        image[d] = random.nextInt(2);
      }
    }
    return images;
  }
}
