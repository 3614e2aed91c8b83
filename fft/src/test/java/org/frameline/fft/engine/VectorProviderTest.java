package org.frameline.fft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VectorProviderTest {
  private static final String BOTH_COMPILERS = "mixed mode, sharing";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          16 | true  | true  | mixed mode                  | 512 | it needs Java 17 to 25, this is 16
          26 | true  | true  | mixed mode                  | 512 | it needs Java 17 to 25, this is 26
          17 | false | true  | mixed mode                  | 512 | Java was started without --add-modules jdk.incubator.vector
          17 | true  | false | mixed mode                  | 512 | its jar, fft-vector, is not there
          25 | true  | true  | mixed mode, emulated-client | 512 | Java was started without its second compiler
          25 | true  | true  | interpreted mode            | 512 | Java was started without its second compiler
          25 | true  | true  | mixed mode, sharing         | 128 | it needs vectors of 256 bits, here they have 128
          """)
  void saysWhatIsInTheWay(
      int java,
      boolean hasModule,
      boolean hasEngine,
      String virtualMachine,
      int bits,
      String obstacle) {
    assertThat(
            new VectorProvider(java, hasModule, hasEngine, virtualMachine, () -> bits).obstacle())
        .contains(obstacle);
  }

  @ParameterizedTest
  @CsvSource({"17,256", "25,512"})
  void findsNothingInTheWayWhereAllIsThere(int java, int bits) {
    assertThat(new VectorProvider(java, true, true, BOTH_COMPILERS, () -> bits).obstacle())
        .isEmpty();
  }

  @Test
  void loadsNoClassOfTheModuleWhereSomethingElseIsInTheWay() {
    VectorProvider provider =
        new VectorProvider(
            17,
            false,
            true,
            BOTH_COMPILERS,
            () -> {
              throw new AssertionError("was asked for the width");
            });
    assertThat(provider.obstacle()).isPresent();
  }
}
