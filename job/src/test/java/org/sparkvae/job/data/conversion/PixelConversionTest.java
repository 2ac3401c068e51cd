package org.sparkvae.job.data.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.Pictures;

/** Every kind of PNG, written and read back, gives the documented values. */
class PixelConversionTest {

  private static int[] convert(BufferedImage picture, int channels) throws Exception {
    EncodedImage image = new EncodedImage(Pictures.png(picture));
    ImageShape shape = image.shape(channels);
    byte[] out = new byte[shape.values() + 2];
    new PixelConversion(DataFixtures.form(shape)).convert(image.decode(), out, 1);
    assertThat(out[0]).isZero();
    assertThat(out[out.length - 1]).isZero();
    int[] values = new int[shape.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = out[i + 1] & 0xff;
    }
    return values;
  }

  private static BufferedImage component(int type, int bands, int... samples) {
    boolean alpha = bands % 2 == 0;
    int space = bands < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            alpha,
            false,
            alpha ? ComponentColorModel.TRANSLUCENT : ComponentColorModel.OPAQUE,
            type);
    WritableRaster raster =
        Raster.createInterleavedRaster(type, samples.length / bands, 1, bands, null);
    return Pictures.samples(new BufferedImage(model, raster, false, null), samples);
  }

  @Test
  void keepsGreyAsItIs() throws Exception {
    int[] values = {0, 1, 127, 128, 254, 255};
    assertThat(convert(Pictures.grey(3, 2, values), 1)).containsExactly(values);
    assertThat(convert(Pictures.grey(2, 1, 7, 200), 3)).containsExactly(7, 7, 7, 200, 200, 200);
  }

  @Test
  void keepsColourAsItIsAndWeighsItToGrey() throws Exception {
    BufferedImage picture =
        component(DataBuffer.TYPE_BYTE, 3, 255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30);
    assertThat(convert(picture, 3)).containsExactly(255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30);
    // 76.245, 149.685, 29.07, 18.15
    assertThat(convert(picture, 1)).containsExactly(76, 150, 29, 18);
  }

  @Test
  void roundsSixteenBits() throws Exception {
    BufferedImage grey = component(DataBuffer.TYPE_USHORT, 1, 0, 128, 129, 257, 32768, 65535);
    assertThat(convert(grey, 1)).containsExactly(0, 0, 1, 1, 128, 255);
    BufferedImage colour = component(DataBuffer.TYPE_USHORT, 3, 65535, 32768, 257);
    assertThat(convert(colour, 3)).containsExactly(255, 128, 1);
  }

  @Test
  void compositesTransparencyOnBlack() throws Exception {
    BufferedImage colour =
        component(DataBuffer.TYPE_BYTE, 4, 200, 100, 50, 255, 200, 100, 50, 128, 9, 9, 9, 0);
    assertThat(convert(colour, 3)).containsExactly(200, 100, 50, 100, 50, 25, 0, 0, 0);
    BufferedImage grey = component(DataBuffer.TYPE_BYTE, 2, 200, 255, 200, 51, 200, 0);
    assertThat(convert(grey, 1)).containsExactly(200, 40, 0);
    BufferedImage deep = component(DataBuffer.TYPE_USHORT, 4, 65535, 65535, 65535, 257);
    assertThat(convert(deep, 3)).containsExactly(1, 1, 1);
  }

  @Test
  void looksColoursUpInThePalette() throws Exception {
    byte[] red = {(byte) 200, 0, 10};
    byte[] green = {0, (byte) 150, 20};
    byte[] blue = {0, 0, (byte) 250};
    byte[] alpha = {(byte) 255, 51, (byte) 255};
    BufferedImage opaque =
        new BufferedImage(
            3, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 3, red, green, blue));
    assertThat(convert(Pictures.samples(opaque, 2, 1, 0), 3))
        .containsExactly(10, 20, 250, 0, 150, 0, 200, 0, 0);
    BufferedImage translucent =
        new BufferedImage(
            3,
            1,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 3, red, green, blue, alpha));
    assertThat(convert(Pictures.samples(translucent, 2, 1, 0), 3))
        .containsExactly(10, 20, 250, 0, 30, 0, 200, 0, 0);
  }

  @Test
  void spreadsFewerBitsOverTheRange() throws Exception {
    byte[] ramp = {0, 85, (byte) 170, (byte) 255};
    BufferedImage two =
        new BufferedImage(
            4, 1, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(2, 4, ramp, ramp, ramp));
    assertThat(convert(Pictures.samples(two, 0, 1, 2, 3), 1)).containsExactly(0, 85, 170, 255);
    BufferedImage one = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    assertThat(convert(Pictures.samples(one, 1, 0), 1)).containsExactly(255, 0);
  }
}
