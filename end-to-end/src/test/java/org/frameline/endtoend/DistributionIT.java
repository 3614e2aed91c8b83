package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.frameline.testing.Checkout;
import org.junit.jupiter.api.Test;

/** What lies in the distribution. */
class DistributionIT {

  @Test
  void hasNothingThatIsForTestsAlone() throws IOException {
    try (Stream<Path> files = Files.list(Checkout.file("cli/target/frameline/lib"))) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .anyMatch(name -> name.startsWith("protocol-"))
          .noneMatch(name -> name.matches("(test-|junit|assertj|awaitility|end-to-end).*"));
    }
  }
}
