package org.frameline.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.ring.FrameRing;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The recorder beside a publisher that overwrites its ring without looking back: whatever is
 * recorded, h5py finds the pixels of each frame to be its own.
 */
@ExtendWith(NoThreadLeft.class)
@Timeout(120)
class OverwrittenFramesTest {
  private static final int SLOTS = 2;
  private static final int FRAMES = 1000;

  private static final String JUDGE =
      """
      import h5py, numpy as np, sys
      with h5py.File(sys.argv[1], "r") as file:
          frames, numbers = file["entry/data/data"], file["entry/data/frame_number"][:]
          torn = [int(n) for row, n in enumerate(numbers) if np.any(frames[row] != n % 251)]
          listed = {n for first, count in file["entry/missing"][:] for n in range(first, first + count)}
          print("torn", torn, "all", sorted(listed.union(numbers.tolist())) == list(range(int(sys.argv[2]))),
                "twice", sorted(listed.intersection(numbers.tolist())))
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"none,none,1600", "none,fletcher32,1600", "gzip,none,400", "none,none,300"})
  void neverHasAnythingOfTheFrameThatCameAfter(String compression, String checksum, int width)
      throws Exception {
    Path file = folder.resolve("r.h5");
    FrameHeader header =
        new FrameHeader(List.of(1000, width), ElementType.UINT8, 0, 0, "s", Map.of());
    byte[] pixels = new byte[1000 * width];
    try (FrameRing ring = FrameRing.create(folder, "s", pixels.length, SLOTS);
        Played played =
            new Played(
                folder,
                "--out",
                file.toString(),
                "--checkpoint",
                "5ms",
                "--compression",
                compression,
                "--checksum",
                checksum)) {
      played.awaitSubscription().answerReady("s", 0, ring.file());
      for (long number = 0; number < FRAMES; number++) {
        Arrays.fill(pixels, (byte) (number % 251));
        ring.begin(number).put(pixels);
        ring.commit(number);
        played.publishReference(header.at(number, number));
      }
      played.publishEndOfReferences("s", FRAMES);
      assertThat(played.exitCode()).isEqualTo(3);
      assertThat(played.report()).doesNotContain("\"frames\" : 0", "\"missing\" : 0");
    }
    assertThat(Python.run(JUDGE, file, FRAMES)).isEqualTo("torn [] all True twice []");
  }
}
