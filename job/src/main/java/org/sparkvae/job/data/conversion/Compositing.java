package org.sparkvae.job.data.conversion;

import org.sparkvae.job.settings.Background;

/**
 * Makes the values of a pixel from its colour and alpha, in integer arithmetic: a value v over a
 * background b becomes round((a v + (255 - a) b) / 255); grey from colour is the luma of ITU-R
 * BT.601, round(0.299 R + 0.587 G + 0.114 B), which of R = G = B is R.
 *
 * @param channels 1 for grey, 3 for RGB
 * @param background behind what is transparent
 */
record Compositing(int channels, Background background) {

  /** Writes one pixel, all in 0 .. 255; where the next one goes. */
  int write(int alpha, int red, int green, int blue, byte[] out, int to) {
    int r = over(alpha, red, background.red());
    int g = over(alpha, green, background.green());
    int b = over(alpha, blue, background.blue());
    if (channels == 1) {
      out[to] = (byte) ((299 * r + 587 * g + 114 * b + 500) / 1000);
      return to + 1;
    }
    out[to] = (byte) r;
    out[to + 1] = (byte) g;
    out[to + 2] = (byte) b;
    return to + 3;
  }

  private static int over(int alpha, int value, int behind) {
    return (alpha * value + (255 - alpha) * behind + 127) / 255;
  }
}
