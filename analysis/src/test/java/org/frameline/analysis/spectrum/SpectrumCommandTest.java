package org.frameline.analysis.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.frameline.analysis.Commands;
import org.frameline.fft.engine.FftEngines;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ElementType;
import org.frameline.testing.Python;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The power spectra of recordings, judged by numpy. */
class SpectrumCommandTest {
  private static final Path JUDGE = Path.of("src/test/resources/check_power_spectrum.py");

  @TempDir Path folder;
  private final StopSignal stop = new StopSignal();
  private Commands.Ending ending;

  private int spectrum(Object... args) {
    ending = Commands.run(new SpectrumCommand(stop), args);
    return ending.code();
  }

  private String judge(Path recording, Path result) throws Exception {
    return Python.runIn(folder, Files.readString(JUDGE), recording, result);
  }

  private Path record(Recordings recording, long... numbers) throws Exception {
    return recording.write(folder.resolve("recording.h5"), numbers);
  }

  private static Recordings noise(ElementType type, List<Integer> shape) {
    return Recordings.of(type, shape).atTimes(number -> 1_000 * number).noise();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UINT8   | 60,80,3 | hann | mean |",
        "UINT8   | 61,81,3 | none | red  |",
        "UINT8   | 60,81,3 | hann | 2    | 3,5,40x33",
        "UINT8   | 35,44,4 | hann | mean |",
        "UINT8   | 35,44,4 | none | mean | 7,0,37x34",
        "UINT16  | 61,80   | hann | mean |",
        "UINT16  | 48,64   | none | 0    | 0,0,64x48",
        "UINT16  | 48,64   | hann | mean | 55,37,9x11",
        "UINT16  | 33,40,3 | hann | mean |",
        "UINT16  | 33,40,3 | none | 1    | 2,3,31x30",
      })
  void equalsNumpy(ElementType type, String shape, String window, String channel, String roi)
      throws Exception {
    List<Integer> lengths = Arrays.stream(shape.split(",", -1)).map(Integer::valueOf).toList();
    // More frames than one thread takes at once.
    Path file = record(noise(type, lengths), Recordings.numbersTo(40));
    Path result = folder.resolve("spectrum.h5");
    List<Object> args =
        new ArrayList<>(List.of(file, "--out", result, "--window", window, "--channel", channel));
    if (roi != null) {
      args.addAll(List.of("--roi", roi));
    }
    assertThat(spectrum(args.toArray())).as("%s", ending).isZero();
    assertThat(judge(file, result)).startsWith("frames [0, 1, ");
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, 8", "FLOAT32, 4", "FLOAT64, 8"})
  void takesNumbersOfAnyWidth(ElementType type, int high) throws Exception {
    List<Integer> shape = List.of(40, 35);
    Path file =
        record(
            Recordings.of(type, shape)
                .atTimes(number -> 1_000 * number)
                .filledWith(
                    (number, frame) -> {
                      Random random = new Random(number);
                      for (int i = 0; i < 40 * 35; i++) {
                        double value = random.nextInt(1 << high);
                        if (type == ElementType.FLOAT32) {
                          frame.putFloat((float) value);
                        } else {
                          frame.putDouble(value);
                        }
                      }
                    }),
            Recordings.numbersTo(5));
    Path result = folder.resolve("spectrum.h5");
    assertThat(spectrum(file, "--out", result, "--roi", "1,2,33x37")).as("%s", ending).isZero();
    assertThat(judge(file, result)).startsWith("frames [0, 1, ");
  }

  @Test
  void equalsNumpyWithEveryEngineAndSaysWhichItWas() throws Exception {
    Path file = record(noise(ElementType.UINT8, List.of(61, 80, 3)), Recordings.numbersTo(5));
    for (String engine : FftEngines.all().namesHere()) {
      Path result = folder.resolve(engine + ".h5");
      Path report = folder.resolve(engine + ".json");
      assertThat(spectrum(file, "--out", result, "--engine", engine, "--report", report))
          .as("%s", ending)
          .isZero();
      assertThat(judge(file, result)).startsWith("frames [0, 1, ");
      assertThat(Files.readString(report)).containsPattern("\"engine\" ?: ?\"" + engine + "\"");
    }
    assertThat(spectrum(file, "--engine", "none of them")).isEqualTo(2);
    assertThat(ending.err().get(0))
        .isEqualTo(
            "frameline: --engine: expected one of "
                + String.join(", ", FftEngines.all().names())
                + ", found \"none of them\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hann", "none"})
  void takesTheFramesThatWereAskedFor(String window) throws Exception {
    Path file = record(noise(ElementType.UINT8, List.of(33, 48)), 0, 1, 2, 3, 5, 7, 8, 9);
    Path result = folder.resolve("spectrum.h5");
    int code =
        spectrum(
            file,
            "--out",
            result,
            "--from",
            1,
            "--to",
            8,
            "--every",
            2,
            "--window",
            window,
            "--threads",
            1);
    assertThat(code).as("%s", ending).isZero();
    assertThat(judge(file, result)).contains("frames [1, 3, 5, 7]");
    assertThat(ending.out().get(0)).startsWith(file + ": 4 frames, 0 missing, region 0,0,48x33");

    assertThat(spectrum(file, "--from", 2, "--to", 8)).as("4 and 6 are missing").isEqualTo(3);
    assertThat(ending.out().get(0)).contains("5 frames, 2 missing");
  }

  @ParameterizedTest
  @CsvSource({"40.3, 12.7", "101.55, -63.21", "7.49, 0.02", "0.01, 33.3", "250.25, 150.75"})
  void findsFringesWithinAHundredthOfACyclePerImage(double across, double down) throws Exception {
    int width = 640;
    int height = 480;
    Path file =
        record(
            Recordings.of(ElementType.UINT8, List.of(height, width))
                .filledWith(
                    (number, frame) -> {
                      for (int y = 0; y < height; y++) {
                        for (int x = 0; x < width; x++) {
                          double turns = across * x / width + down * y / height + 0.1 * number;
                          frame.put((byte) Math.round(127.5 + 100 * Math.cos(2 * Math.PI * turns)));
                        }
                      }
                    }),
            0,
            1,
            2);
    Path result = folder.resolve("spectrum.h5");
    assertThat(spectrum(file, "--out", result, "--pixel-size", "3.45um", "--peaks", 1)).isZero();
    String[] found =
        Python.runIn(
                folder,
                """
                import sys, h5py, numpy as np
                with h5py.File(sys.argv[1]) as f:
                    e = f["entry"]
                    print(e["peaks/fx"][0] * 640, e["peaks/fy"][0] * 480)
                    print(np.ptp(e["frames/peak_fx"][:]) * 640, np.ptp(e["frames/peak_fy"][:]) * 480)
                    print(e["peaks/frequency_per_metre"][0] * 3.45e-6 / e["peaks/frequency"][0])
                    print(e["source/data/data"].shape)
                """,
                result)
            .split("\\s+", 6);
    assertThat(Double.parseDouble(found[0])).isCloseTo(across, within());
    assertThat(Double.parseDouble(found[1])).isCloseTo(down, within());
    assertThat(Double.parseDouble(found[2])).as("from frame to frame").isLessThan(0.01);
    assertThat(Double.parseDouble(found[3])).as("from frame to frame").isLessThan(0.01);
    assertThat(Double.parseDouble(found[4])).isCloseTo(1, Offset.offset(1e-9));
    assertThat(found[5]).as("the link to the recording").contains("(3, 480, 640)");
  }

  private static Offset<Double> within() {
    return Offset.offset(0.01);
  }

  @Test
  void drawsALineWhereItIs() throws Exception {
    Path file =
        record(
            Recordings.of(ElementType.UINT8, List.of(64, 64))
                .filledWith(
                    (number, frame) -> {
                      for (int i = 0; i < 64 * 64; i++) {
                        double turns = 0.25 * (i % 64) - 0.125 * Math.floorDiv(i, 64);
                        frame.put((byte) Math.round(127.5 + 100 * Math.cos(2 * Math.PI * turns)));
                      }
                    }),
            0,
            1);
    Path plots = folder.resolve("plots");
    assertThat(spectrum(file, "--plots", plots, "--peaks", 1)).isZero();
    BufferedImage picture = ImageIO.read(plots.resolve("spectrum.png").toFile());
    // 0.25 of 0 to 0.5 along a row, -0.125 of -0.5 to 0.5 down a column.
    int bright = picture.getRGB(80 + 320 / 2 + 2, 40 + 640 * 3 / 8 + 2);
    int dark = picture.getRGB(80 + 320 / 2 + 2, 40 + 640 * 5 / 8 + 2);
    assertThat(bright >> 8 & 0xff).as("green").isGreaterThan(150);
    assertThat(dark >> 8 & 0xff).as("green").isLessThan(100);
    for (String name : List.of("radial", "peak")) {
      assertThat(ImageIO.read(plots.resolve(name + ".png").toFile())).isNotNull();
    }
    assertThat(spectrum(file, "--plots", plots)).as("they are there").isOne();
    assertThat(ending.err().get(0)).contains("spectrum.png exists already");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spectrum.png", "radial.png", "peak.png"})
  void picturesThatAreThereAreFoundBeforeAnyFrameIsRead(String name) throws Exception {
    Path file = record(noise(ElementType.UINT8, List.of(20, 30)), 0, 1);
    Path there = Files.createDirectory(folder.resolve("plots")).resolve(name);
    Files.writeString(there, "mine");
    stop.stop();
    assertThat(spectrum(file, "--plots", there.getParent())).isOne();
    assertThat(ending.err())
        .containsExactly(
            "frameline: " + there + " exists already; choose another name or use --overwrite");
    assertThat(there).hasContent("mine");
    assertThat(spectrum(file, "--plots", folder.resolve("others"))).isOne();
    assertThat(ending.err()).containsExactly("frameline: stopped; nothing was written");
    assertThat(spectrum(file, "--plots", file.resolve("plots"))).isOne();
    assertThat(ending.err())
        .containsExactly("frameline: cannot make the folder " + file.resolve("plots"));
  }

  @Test
  void aBlackFrameHasNoLine() throws Exception {
    Path file = record(Recordings.of(ElementType.UINT8, List.of(20, 30)), 0, 1);
    Path result = folder.resolve("spectrum.h5");
    assertThat(spectrum(file, "--out", result, "--plots", folder.resolve("plots"))).isZero();
    assertThat(folder.resolve("plots/spectrum.png")).exists();
    assertThat(
            Python.runIn(
                folder,
                """
                import sys, h5py
                with h5py.File(sys.argv[1]) as f:
                    print(f["entry/peaks/fx"].shape, f["entry/frames/peak_fx"][:], f["entry/frames/total_power"][:])
                """,
                result))
        .isEqualTo("(0,) [nan nan] [0. 0.]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--roi 1,2,3 | 2 | --roi: expected X,Y,WIDTHxHEIGHT in pixels such as 100,50,256x256, found"
            + " \"1,2,3\"",
        "--roi 20,0,20x8 | 2 | --roi: expected a region inside 30x20 pixels, found 20,0,20x8",
        "--roi 0,0,3x3 | 2 | --roi: expected a region of at least 4x4 pixels, found 0,0,3x3",
        "--channel pink | 2 | --channel: expected red, green, blue, mean or a number from 0, found"
            + " \"pink\"",
        "--channel 1 | 2 | --channel: expected one of 1 channels, found 1",
        "--window bartlett | 2 | --window: expected hann or none, found \"bartlett\"",
        "--pixel-size 3 | 2 | --pixel-size: expected a length such as 3.45um, 500nm or 0.01mm,"
            + " found \"3\"",
        "--from 5 --to 3 | 2 | --to: expected a frame from 5 on, found 3",
        "--from 100 | 1 | expected frames in this range, found none",
        "--peaks 0 | 2 | --peaks: expected 1 or more, found 0",
        "--threads 0 | 2 | --threads: expected 1 or more, found 0",
        "--entry entry_7 | 1 | expected an entry entry_7, found entry",
        "--out /nowhere/x.h5 | 1 | cannot write /nowhere/x.h5: there is no directory /nowhere",
      })
  void wrongUsageIsOneLine(String options, int code, String message) throws Exception {
    Path file = record(noise(ElementType.UINT8, List.of(20, 30)), 0, 1);
    List<Object> args = new ArrayList<>(List.of(file));
    args.addAll(List.of(options.split(" ", -1)));
    assertThat(spectrum(args.toArray())).isEqualTo(code);
    assertThat(ending.err().get(0)).contains(message);
    assertThat(ending.err().stream().filter(line -> !line.startsWith("Try "))).hasSize(1);
  }
}
