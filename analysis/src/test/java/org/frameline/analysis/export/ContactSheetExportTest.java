package org.frameline.analysis.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.frameline.analysis.Commands;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.testing.Python;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contact sheets are judged by OpenCV, numpy and h5py. */
class ContactSheetExportTest {
  /** Computes each tile from its frame, and prints where ink is below each. */
  private static final String JUDGE =
      """
      import cv2, h5py, numpy as np, sys
      sheet = cv2.imread(sys.argv[1], cv2.IMREAD_UNCHANGED)[..., ::-1]
      images = h5py.File(sys.argv[2])["entry/data/data"]
      columns, count, shrink, grow = map(int, sys.argv[3:])
      for tile in range(count):
          image = images[tile * (len(images) - 1) // (count - 1)]
          if image.dtype == "u2":
              image = (image >> 8).astype("u1")
          if image.ndim == 2:
              image = image[..., None].repeat(3, axis=2)
          h, w = -(-image.shape[0] // shrink), -(-image.shape[1] // shrink)
          small = np.empty((h, w, 3))
          for y in range(h):
              for x in range(w):
                  block = image[y * shrink:(y + 1) * shrink, x * shrink:(x + 1) * shrink]
                  small[y, x] = np.floor(block.mean(axis=(0, 1)) + 0.5)
          small = small.repeat(grow, axis=0).repeat(grow, axis=1)
          h, w = small.shape[:2]
          scale = 1 if w < 150 else 2
          left = 8 + tile % columns * (w + 8)
          top = 8 + tile // columns * (h + 2 * (7 * scale + 4) + 16)
          found = sheet[top:top + h, left:left + w]
          assert found.shape == small.shape, (tile, found.shape, small.shape)
          assert abs(found - small).max() <= 1, tile
          label = sheet[top + h:top + h + 2 * (7 * scale + 4), left:left + w]
          assert (label == 255).all(axis=2).sum() > 100 * scale ** 2, tile
      print(*sheet.shape)
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "UINT8, '96,128,3', 30, 5x4, 5 20 1 1, 544 688 3",
    "UINT8, '301,517', 7, 3x2, 3 6 3 1, 314 551 3",
    "UINT16, '301,517,3', 7, 3x2, 3 6 3 1, 314 551 3",
    "UINT8, '20,30,3', 3, 5x4, 3 3 1 3, 106 302 3",
  })
  void tilesAreTheFramesInSmall(
      ElementType type, String shape, int frames, String tiles, String judged, String size)
      throws Exception {
    List<Integer> lengths = Stream.of(shape.split(",")).map(Integer::valueOf).toList();
    Path file =
        Recordings.noise(
            folder.resolve("r.h5"), Compression.NONE, type, lengths, Recordings.numbersTo(frames));
    Path sheet = folder.resolve("s.png");
    Commands.Ending ending =
        Exports.export(file, "--contact-sheet", "--tiles", tiles, "--out", sheet);
    assertThat(ending.err()).isEmpty();
    assertThat(ending.code()).isZero();
    Object[] arguments =
        Stream.concat(Stream.of(sheet, file), Stream.of(judged.split(" "))).toArray();
    assertThat(Python.runIn(folder, JUDGE, arguments)).isEqualTo(size);
  }
}
