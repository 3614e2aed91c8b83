package org.frameline.analysis.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSumTest {
  @Test
  void isThatOfEachByteAlone() {
    Random random = new Random(3);
    for (int length = 0; length < 70; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(ByteSum.of(bytes)).isEqualTo(ByteSum.of(bytes, 0, 1));
    }
  }

  @Test
  void holdsTheLargestThereCanBe() {
    byte[] white = new byte[1 << 20];
    Arrays.fill(white, (byte) 255);
    assertThat(ByteSum.of(white)).isEqualTo(255L << 20);
    assertThat(ByteSum.of(white, 2, 4)).isEqualTo(255L << 18);
  }
}
