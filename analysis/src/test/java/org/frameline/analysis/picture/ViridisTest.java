package org.frameline.analysis.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ViridisTest {
  @Test
  void getsBrighterFromEndToEnd() {
    assertThat(Viridis.rgb(-1)).isEqualTo(0x440154);
    assertThat(Viridis.rgb(2)).isEqualTo(0xfde725);
    double before = 0;
    for (int i = 0; i <= 100; i++) {
      int rgb = Viridis.rgb(i / 100.0);
      double luminance = 0.2126 * (rgb >> 16) + 0.7152 * (rgb >> 8 & 0xff) + 0.0722 * (rgb & 0xff);
      assertThat(luminance).as("at %d %%", i).isGreaterThan(before);
      before = luminance;
    }
  }
}
