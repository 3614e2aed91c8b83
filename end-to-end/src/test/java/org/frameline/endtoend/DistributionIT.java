package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.frameline.testing.Checkout;
import org.junit.jupiter.api.Test;

/** What lies in the distribution. */
class DistributionIT {
  private static List<Path> libraries() throws IOException {
    try (Stream<Path> files = Files.list(Checkout.file("cli/target/frameline/lib"))) {
      return files.toList();
    }
  }

  @Test
  void hasNothingThatIsForTestsAlone() throws IOException {
    assertThat(libraries().stream().map(file -> file.getFileName().toString()))
        .anyMatch(name -> name.startsWith("protocol-"))
        .noneMatch(name -> name.matches("(test-|junit|assertj|awaitility|end-to-end).*"));
  }

  /** Two would be a matter of the order in which the system lists them. */
  @Test
  void hasJeroMqOnceWithOurSignalerAndItsLicence() throws IOException {
    byte[] ours = Files.readAllBytes(Checkout.file("jeromq/target/classes/zmq/Signaler.class"));
    List<String> holders = new ArrayList<>();
    for (Path library : libraries()) {
      try (ZipFile jar = new ZipFile(library.toFile())) {
        if (jar.getEntry("zmq/Ctx.class") != null || jar.getEntry("zmq/Signaler.class") != null) {
          holders.add(library.getFileName().toString());
          assertThat(content(jar, "zmq/Signaler.class")).isEqualTo(ours);
          assertThat(content(jar, "META-INF/LICENSE"))
              .isEqualTo(Files.readAllBytes(Checkout.file("jeromq/LICENSE")));
        }
      }
    }
    assertThat(holders).singleElement().asString().startsWith("jeromq-");
  }

  private static byte[] content(ZipFile jar, String entry) throws IOException {
    try (InputStream content = jar.getInputStream(jar.getEntry(entry))) {
      return content.readAllBytes();
    }
  }
}
