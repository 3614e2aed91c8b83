package org.frameline.analysis.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.frameline.analysis.Commands;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.testing.Python;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures are judged by OpenCV and h5py. */
class PictureExportTest {
  /** Compares the pictures with the rows of a dataset; prints what it looked at. */
  private static final String COMPARE =
      """
      import cv2, h5py, numpy as np, pathlib, sys
      file, dataset, *pictures = sys.argv[1:]
      images = h5py.File(file)[dataset]
      numbers = h5py.File(file).get(dataset[:-4] + "frame_number")
      for picture in pictures:
          number = int(pathlib.Path(picture).stem.split("_")[-1])
          row = number if numbers is None else list(numbers[:]).index(number)
          found = cv2.imread(picture, cv2.IMREAD_UNCHANGED)
          if found.ndim == 3:
              found = found[..., ::-1]
          expected = images[row]
          if expected.ndim == 3 and expected.shape[2] == 1:
              expected = expected[..., 0]
          assert found.dtype == expected.dtype, (picture, found.dtype, expected.dtype)
          assert found.shape == expected.shape, (picture, found.shape, expected.shape)
          assert (found == expected).all(), picture
      print(len(pictures), found.dtype, *found.shape)
      """;

  @TempDir Path folder;

  private String compare(Path file, String dataset, List<Path> pictures) throws Exception {
    Object[] arguments =
        Stream.concat(Stream.of(file, dataset), pictures.stream()).toArray(Object[]::new);
    return Python.runIn(folder, COMPARE, arguments);
  }

  private static List<Path> list(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8, '48,64,3', png, NONE, uint8 48 64 3",
    "UINT8, '48,64,3', tiff, GZIP, uint8 48 64 3",
    "UINT8, '33,47,3', png, GZIP, uint8 33 47 3",
    "UINT8, '33,47,3', tiff, NONE, uint8 33 47 3",
    "UINT8, '33,47', png, NONE, uint8 33 47",
    "UINT8, '33,47', tiff, NONE, uint8 33 47",
    "UINT8, '1,1', png, NONE, uint8 1 1",
    "UINT8, '5,7,1', png, NONE, uint8 5 7",
    "UINT16, '33,47', png, NONE, uint16 33 47",
    "UINT16, '33,47', tiff, GZIP, uint16 33 47",
    "UINT16, '33,47,3', png, NONE, uint16 33 47 3",
    "UINT16, '33,47,3', tiff, NONE, uint16 33 47 3",
    "UINT16, '700,900', png, NONE, uint16 700 900",
  })
  void everyPixelIsAsH5pyReadsIt(
      ElementType type, String shape, String format, Compression compression, String expected)
      throws Exception {
    List<Integer> lengths = Stream.of(shape.split(",")).map(Integer::valueOf).toList();
    Path file =
        Recordings.noise(
            folder.resolve("r.h5"), compression, type, lengths, Recordings.numbersTo(4));
    Path out = folder.resolve("pictures");
    Commands.Ending ending = Exports.export(file, "--out", out, "--format", format);
    assertThat(ending.err()).isEmpty();
    assertThat(ending.code()).isZero();
    String dot = format.equals("png") ? ".png" : ".tif";
    List<Path> pictures = list(out);
    assertThat(pictures.stream().map(path -> path.getFileName().toString()))
        .containsExactly(
            "frame_000000" + dot, "frame_000001" + dot, "frame_000002" + dot, "frame_000003" + dot);
    assertThat(compare(file, "entry/data/data", pictures)).isEqualTo("4 " + expected);
  }

  @Test
  void picturesHaveTheNumbersThatTheFramesHaveInTheFile() throws Exception {
    Path file =
        Recordings.noise(
            folder.resolve("r.h5"),
            Compression.NONE,
            ElementType.UINT8,
            List.of(8, 10),
            3,
            4,
            5,
            8,
            9,
            12);
    Commands.Ending ending =
        Exports.export(
            file, "--from", 4, "--to", 12, "--every", 2, "--out", folder.resolve("p_%d.png"));
    assertThat(ending.code()).isEqualTo(3);
    assertThat(ending.out())
        .containsExactly(folder.resolve("p_4.png") + " to p_12.png: 3 pictures, 10x8 grey, 8 bits");
    assertThat(ending.err())
        .containsExactly(
            "frameline: 2 of the frames asked for are missing in " + file + ", the first is 6");
    List<Path> pictures =
        list(folder).stream().filter(path -> path.toString().endsWith(".png")).toList();
    assertThat(pictures).hasSize(3);
    assertThat(compare(file, "entry/data/data", pictures)).isEqualTo("3 uint8 8 10");
  }

  @Test
  void framesThatWereLostAtTheEndAreMissingToo() throws Exception {
    Path file =
        Recordings.of(ElementType.UINT8, List.of(8, 10))
            .missingAtTheEnd(3)
            .write(folder.resolve("r.h5"), 0, 1, 2);
    Commands.Ending all = Exports.export(file, "--out", folder.resolve("all"));
    assertThat(all.code()).isEqualTo(3);
    assertThat(all.err())
        .containsExactly(
            "frameline: 3 of the frames asked for are missing in " + file + ", the first is 3");
    assertThat(Exports.export(file, "--to", 4, "--out", folder.resolve("some")).err())
        .containsExactly(
            "frameline: 2 of the frames asked for are missing in " + file + ", the first is 3");
    assertThat(Exports.export(file, "--to", 2, "--out", folder.resolve("these")).code()).isZero();
  }

  @Test
  void anyEntryIsExported() throws Exception {
    Path file = folder.resolve("r.h5");
    Recordings.noise(file, Compression.NONE, ElementType.UINT8, List.of(8, 10), 0);
    Recordings.noise(file, Compression.NONE, ElementType.UINT16, List.of(12, 14), 0, 1);
    Path picture = folder.resolve("f_1.png");
    Commands.Ending ending =
        Exports.export(file, "--entry", "entry_2", "--frame", 1, "--out", picture);
    assertThat(ending.code()).isZero();
    assertThat(ending.out()).containsExactly(picture + ": 1 picture, 14x12 grey, 16 bits");
    assertThat(compare(file, "entry_2/data/data", List.of(picture))).isEqualTo("1 uint16 12 14");
    assertThat(Exports.export(file, "--entry", "entry_3", "--out", picture).err())
        .containsExactly(
            "frameline: " + file + ": expected an entry entry_3, found entry, entry_2");
  }

  @ParameterizedTest
  @CsvSource({
    "entry/data/data, \"compression='gzip', chunks=(1,9,11)\"",
    "entry/data/data, \"compression='lzf', chunks=(2,20,30)\"",
    "stack, \"\"",
  })
  void imagesOfOtherProgramsAreExported(String dataset, String storage) throws Exception {
    Path file = folder.resolve("other.h5");
    Python.runIn(
        folder,
        """
        import h5py, numpy as np, sys
        images = np.random.default_rng(1).integers(0, 65536, (5, 20, 30), dtype="u2")
        h5py.File(sys.argv[1], "w").create_dataset(sys.argv[2], data=images, %s)
        """
            .formatted(storage.replace("\"", "")),
        file,
        dataset);
    Path out = folder.resolve("p");
    Commands.Ending ending =
        Exports.export(file, "--dataset", "/" + dataset, "--out", out, "--every", 2);
    assertThat(ending.err()).isEmpty();
    assertThat(ending.code()).isZero();
    assertThat(list(out)).hasSize(3);
    assertThat(compare(file, dataset, list(out))).isEqualTo("3 uint16 20 30");
    assertThat(Exports.export(file, "--out", folder.resolve("same")).code()).isZero();
    assertThat(list(folder.resolve("same"))).hasSize(5);
  }

  @Test
  void aRangeIsSpreadOverAllBits() throws Exception {
    Path file =
        Recordings.of(ElementType.UINT16, List.of(1, 5))
            .filledWith(
                (number, frame) -> {
                  for (int value : new int[] {0, 100, 150, 200, 4095}) {
                    frame.putShort((short) value);
                  }
                })
            .write(folder.resolve("r.h5"), 0);
    assertThat(samples(file, "given.png", "--range", "100,200"))
        .isEqualTo("[0, 0, 32768, 65535, 65535]");
    assertThat(samples(file, "auto.png", "--range", "auto"))
        .isEqualTo("[0, 1600, 2401, 3201, 65535]");
    assertThat(samples(file, "full.png", "--range", "full")).isEqualTo("[0, 100, 150, 200, 4095]");
  }

  private String samples(Path file, String name, Object... options) throws Exception {
    Path picture = folder.resolve(name);
    Object[] arguments =
        Stream.concat(Stream.of(file, "--out", picture), Stream.of(options)).toArray();
    assertThat(Exports.export(arguments).code()).isZero();
    return Python.runIn(
        folder,
        "import cv2, sys; print(cv2.imread(sys.argv[1], cv2.IMREAD_UNCHANGED)[0].tolist())",
        picture);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLEX64, complex, '3,24,17', 32",
    "COMPLEX64, complex, '24,17', 33",
    "FLOAT32, log-magnitude, '3,24,17', 32",
  })
  void spectraShowTheWholePlaneWithZeroInTheMiddle(
      ElementType type, String output, String shape, int width) throws Exception {
    List<Integer> lengths = Stream.of(shape.split(",")).map(Integer::valueOf).toList();
    Path file =
        Recordings.of(type, lengths)
            .withStream(Map.of("transform", "fft2", "output", output, "width", (long) width))
            .filledWith(
                (number, frame) -> {
                  Random random = new Random(number);
                  while (frame.hasRemaining()) {
                    frame.putFloat(random.nextFloat());
                  }
                })
            .write(folder.resolve("s.h5"), 0);
    Path picture = folder.resolve("s.png");
    Commands.Ending ending = Exports.export(file, "--out", picture);
    assertThat(ending.err()).isEmpty();
    String judged =
        Python.runIn(
            folder,
            """
            import cv2, h5py, numpy as np, sys
            half = h5py.File(sys.argv[1])["entry/data/data"][0]
            width = int(sys.argv[3])
            log = np.log1p(abs(half)) if sys.argv[4] == "complex" else half
            if log.ndim == 3:
                log = log.mean(axis=0)
            height = len(log)
            full = np.empty((height, width))
            for y in range(height):
                for x in range(width):
                    mirrored = x >= (width + 1) // 2
                    full[y, x] = log[-y % height, width - x] if mirrored else log[y, x]
            full = np.fft.fftshift(full)
            expected = np.round((full - full.min()) / (full.max() - full.min()) * 65535)
            found = cv2.imread(sys.argv[2], cv2.IMREAD_UNCHANGED)
            assert found.shape == expected.shape, (found.shape, expected.shape)
            print(found.dtype, abs(found - expected).max() <= 1)
            """,
            file,
            picture,
            width,
            output);
    assertThat(judged).isEqualTo("uint16 True");
  }

  @Test
  void numbersThatAreNoPictureAreOneLine() throws Exception {
    Path file =
        Recordings.noise(
            folder.resolve("r.h5"), Compression.NONE, ElementType.COMPLEX64, List.of(5, 4, 3), 0);
    Commands.Ending ending = Exports.export(file, "--out", folder.resolve("x.png"));
    assertThat(ending.code()).isEqualTo(1);
    assertThat(ending.err())
        .containsExactly(
            "frameline: "
                + file
                + ": expected images [H,W] of complex64, or spectra of 'frameline sink', found"
                + " [5, 4, 3]");
    assertThat(list(folder)).containsExactly(file);
  }
}
