package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The programs may be started in any order. Three of the orders, by a seed; {@code
 * -Dframeline.orders=120} for all.
 */
class StartOrderIT {
  private static final List<String> PROGRAMS =
      List.of("publish", "record", "ventilate", "fft-1", "sink");
  private static final int FRAMES = 30;

  @TempDir private Path directory;

  static Stream<List<String>> orders() {
    List<List<String>> all = new ArrayList<>();
    permute(List.of(), PROGRAMS, all);
    long seed = Long.getLong("frameline.seed", System.nanoTime());
    System.out.println("orders of starting: seed " + seed);
    Collections.shuffle(all, new Random(seed));
    return all.stream().limit(Integer.getInteger("frameline.orders", 3));
  }

  private static void permute(List<String> begun, List<String> left, List<List<String>> all) {
    if (left.isEmpty()) {
      all.add(begun);
    }
    for (String next : left) {
      List<String> longer = new ArrayList<>(begun);
      longer.add(next);
      permute(longer, left.stream().filter(name -> !name.equals(next)).toList(), all);
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void nothingIsMissing(List<String> order) throws IOException {
    try (Pipeline pipeline =
        new Pipeline(directory)
            .publisher(2, "--frames", "" + FRAMES, "--size", "160x120", "--fps", "100")
            .recorder()
            .transform(1)
            .sink()) {
      pipeline.startInOrder(order);
      assertThat(pipeline.awaitExits().values())
          .as(order + "\n" + pipeline.output())
          .containsOnly(0);
    }
    for (String report : List.of("record.json", "sink.json")) {
      JsonNode json = new ObjectMapper().readTree(directory.resolve(report).toFile());
      assertThat(json.get("frames").asInt()).as("%s, %s", report, order).isEqualTo(FRAMES);
      assertThat(json.get("missing").asInt()).as("%s, %s", report, order).isZero();
    }
  }
}
