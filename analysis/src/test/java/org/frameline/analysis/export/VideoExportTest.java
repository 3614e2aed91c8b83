package org.frameline.analysis.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.frameline.analysis.Commands;
import org.frameline.protocol.ElementType;
import org.frameline.testing.Outcome;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos are judged by ffprobe, and their pictures by ffmpeg, numpy and h5py. */
class VideoExportTest {
  /** Prints the lowest signal to noise ratio of all pictures, in dB, over what was recorded. */
  private static final String PSNR =
      """
      import h5py, numpy as np, subprocess, sys
      video, file, width, height = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
      raw = subprocess.run(["ffmpeg", "-v", "error", "-i", video, "-vsync", "passthrough", "-f",
                            "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True)
      shown = np.frombuffer(raw.stdout, "u1").reshape(-1, height, width, 3).astype(float)
      images = h5py.File(file)["entry/data/data"][:]
      if images.dtype == "u2":
          images = images >> 8
      if images.ndim == 3:
          images = images[..., None].repeat(3, axis=3)
      padded = np.pad(images, ((0, 0), (0, height - images.shape[1]),
                               (0, width - images.shape[2]), (0, 0)), mode="edge")
      assert len(shown) == len(padded), (len(shown), len(padded))
      error = ((shown - padded) ** 2).mean(axis=(1, 2, 3))
      print(10 * np.log10(255 ** 2 / error.max()))
      """;

  @TempDir Path folder;

  private String probe(Path video, String entries) throws Exception {
    Outcome outcome =
        Program.run(
            folder,
            List.of(
                "ffprobe",
                "-v",
                "error",
                "-count_frames",
                "-select_streams",
                "v",
                "-show_entries",
                entries,
                "-of",
                "csv=p=0",
                video.toString()));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out().strip();
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8, '240,320,3', 320, 240",
    "UINT8, '241,319,3', 320, 242",
    "UINT8, '241,320', 320, 242",
    "UINT16, '240,319', 320, 240",
    "UINT16, '48,50,3', 50, 48",
    "UINT8, '9,7,3', 16, 16",
    "UINT8, '1,1', 16, 16",
    "UINT8, '720,1282,3', 1282, 720",
  })
  void aVideoShowsEveryFrame(ElementType type, String shape, int width, int height)
      throws Exception {
    List<Integer> lengths = Stream.of(shape.split(",")).map(Integer::valueOf).toList();
    Path file = Recordings.scene(folder.resolve("r.h5"), type, lengths, Recordings.numbersTo(12));
    Path video = folder.resolve("v.mp4");
    Commands.Ending ending = Exports.export(file, "--out", video);
    assertThat(ending.err()).isEmpty();
    assertThat(ending.code()).isZero();
    assertThat(ending.out())
        .containsExactly(video + ": 12 frames, " + width + "x" + height + ", H.264, 20.0 frames/s");
    assertThat(
            probe(
                video,
                "stream=codec_name,width,height,pix_fmt,color_range,avg_frame_rate,nb_read_frames"))
        .isEqualTo("h264," + width + "," + height + ",yuv420p,tv,20/1,12");
    double psnr = Double.parseDouble(Python.runIn(folder, PSNR, video, file, width, height));
    assertThat(psnr).isGreaterThan(30);
    assertThat(Files.exists(folder.resolve("v.mp4.new"))).isFalse();
  }

  @Test
  void theIndexComesBeforeThePicturesSoThatABrowserNeedNotLoadAll() throws Exception {
    Path file =
        Recordings.scene(
            folder.resolve("r.h5"), ElementType.UINT8, List.of(48, 64), Recordings.numbersTo(5));
    Path video = folder.resolve("v.mp4");
    assertThat(Exports.export(file, "--out", video).code()).isZero();
    String text =
        new String(Files.readAllBytes(video), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(text.indexOf("moov")).isPositive().isLessThan(text.indexOf("mdat"));
  }

  @Test
  void whereFramesAreMissingThePictureBeforeStays() throws Exception {
    Path file =
        Recordings.scene(folder.resolve("r.h5"), ElementType.UINT8, List.of(48, 64), 2, 3, 4, 8, 9);
    Path video = folder.resolve("v.mp4");
    assertThat(Exports.export(file, "--out", video).code()).isEqualTo(3);
    assertThat(probe(video, "frame=pts_time").lines().map(line -> line.replace(",", "")))
        .containsExactly("0.000000", "0.050000", "0.100000", "0.300000", "0.350000");
  }

  @Test
  void everyNthFrameStandsForNUnlessARateIsGiven() throws Exception {
    Path file =
        Recordings.scene(
            folder.resolve("r.h5"), ElementType.UINT8, List.of(48, 64), Recordings.numbersTo(20));
    Path video = folder.resolve("v.mp4");
    String entries = "stream=avg_frame_rate,nb_read_frames";
    assertThat(Exports.export(file, "--out", video, "--every", 4).code()).isZero();
    assertThat(probe(video, entries)).isEqualTo("5/1,5");
    assertThat(
            Exports.export(file, "--out", video, "--every", 4, "--fps", 30, "--overwrite").code())
        .isZero();
    assertThat(probe(video, entries)).isEqualTo("30/1,5");
  }

  @Test
  void picturesThatAreTooLargeForH264AreVp9() throws Exception {
    Path file =
        Recordings.of(ElementType.UINT8, List.of(3000, 4096)).write(folder.resolve("r.h5"), 0, 1);
    Path video = folder.resolve("v.mp4");
    assertThat(Exports.export(file, "--out", video).out())
        .containsExactly(video + ": 2 frames, 4096x3000, VP9, 20.0 frames/s");
    assertThat(probe(video, "stream=codec_name,width,height,nb_read_frames"))
        .isEqualTo("vp9,4096,3000,2");
  }

  @Test
  void imagesWithoutARateAreShownAtOneThatIsSaid() throws Exception {
    Path file = folder.resolve("other.h5");
    Python.runIn(
        folder,
        "import h5py, numpy as np, sys; h5py.File(sys.argv[1], 'w')['x'] = np.zeros((4, 20, 20),"
            + " 'u1')",
        file);
    Path video = folder.resolve("v.mp4");
    Commands.Ending ending = Exports.export(file, "--out", video);
    assertThat(ending.code()).isZero();
    assertThat(ending.err()).singleElement().asString().contains("25 frames/s", "--fps");
    assertThat(probe(video, "stream=avg_frame_rate,nb_read_frames")).isEqualTo("25/1,4");
  }
}
