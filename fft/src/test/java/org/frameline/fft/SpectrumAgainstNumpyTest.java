package org.frameline.fft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.frameline.protocol.ElementType;
import org.frameline.testing.Checkout;
import org.frameline.testing.Footage;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@MethodSource("org.frameline.fft.Engines#here")
final class SpectrumAgainstNumpyTest {
  private static final long SEED = 20261120;
  private static final double SINGLE_TOLERANCE = 1e-6;
  private static final double DOUBLE_TOLERANCE = 1e-12;

  private static final Path SCRIPT =
      Checkout.file("fft/src/test/resources/org/frameline/fft/relative_error.py");

  @Parameter String engine;
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          480,640,3 UINT8
          576,768,3 UINT8
          480,640 UINT16
          127,251 UINT8
          127,251 UINT16
          127,251,3 UINT8
          227,479,2 UINT16
          64,128 UINT8
          31,32,1 UINT8
          32,31,4 UINT8
          1,17 UINT8
          1,16 UINT16
          17,1 UINT8
          16,1 UINT8
          1,1 UINT8
          1,1,3 UINT16
          2,2 UINT8
          3,2,3 UINT8
          2,3 UINT8
          1,2 UINT8
          2,1 UINT8
          199,422 UINT8
          1,4099 UINT16
          """)
  void agreesWithNumpyOnRandomFrames(String shape, ElementType type) throws Exception {
    SpectrumFormat any = format(shape, type, SpectrumOutput.COMPLEX, Precision.FLOAT32);
    byte[] pixels = new byte[any.inputBytes()];
    new Random(SEED).nextBytes(pixels);
    requireAgreement("random, seed " + SEED, shape, type, pixels);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          480,640,3 UINT8 rgb24
          576,768,3 UINT8 rgb24
          127,251 UINT8 gray
          127,251,3 UINT8 rgb24
          480,640 UINT16 gray16le
          """)
  void agreesWithNumpyOnRealFootage(String shape, ElementType type, String pixelFormat)
      throws Exception {
    SpectrumFormat any = format(shape, type, SpectrumOutput.COMPLEX, Precision.FLOAT32);
    byte[] pixels = footage(any.width(), any.height(), pixelFormat);
    requireAgreement("footage", shape, type, pixels);
  }

  private void requireAgreement(String what, String shape, ElementType type, byte[] pixels)
      throws IOException, InterruptedException {
    Path pixelFile = Files.write(dir.resolve("pixels"), pixels);
    List<Object> arguments = new ArrayList<>(List.of(pixelFile, type.wireName(), shape));
    List<SpectrumFormat> formats = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      for (SpectrumOutput output : SpectrumOutput.values()) {
        SpectrumFormat format = format(shape, type, output, precision);
        formats.add(format);
        Path result = dir.resolve(output + "-" + precision);
        Files.write(result, spectrumTwice(format, pixels));
        arguments.addAll(List.of(result, format.outputType().wireName(), output.optionName()));
      }
    }
    List<String> errors = Python.runScript(SCRIPT, arguments.toArray()).lines().toList();
    assertThat(errors).hasSameSizeAs(formats);
    for (int i = 0; i < formats.size(); i++) {
      SpectrumFormat format = formats.get(i);
      System.out.printf(
          "relative L2 error, %s, %s %s %s %s %s: %.1e%n",
          engine,
          what,
          shape,
          type.wireName(),
          format.precision(),
          format.output(),
          Double.parseDouble(errors.get(i)));
      assertThat(Double.parseDouble(errors.get(i)))
          .as("relative L2 error, %s, %s", what, format)
          .isLessThan(
              format.precision() == Precision.FLOAT32 ? SINGLE_TOLERANCE : DOUBLE_TOLERANCE);
    }
  }

  /** A first frame of ones fills the work arrays, so that what is left in them would show. */
  private byte[] spectrumTwice(SpectrumFormat format, byte[] pixels) {
    SpectrumTransform transform = new SpectrumTransform(format, Engines.named(engine));
    byte[] ones = new byte[pixels.length];
    Arrays.fill(ones, (byte) -1);
    ByteBuffer out = ByteBuffer.allocateDirect(format.outputBytes()).order(ByteOrder.BIG_ENDIAN);
    transform.transform(ByteBuffer.wrap(ones), out);
    transform.transform(ByteBuffer.wrap(pixels), out);
    byte[] bytes = new byte[format.outputBytes()];
    out.get(bytes);
    return bytes;
  }

  private static SpectrumFormat format(
      String shape, ElementType type, SpectrumOutput output, Precision precision) {
    List<Integer> lengths = Arrays.stream(shape.split(",", -1)).map(Integer::valueOf).toList();
    return new SpectrumFormat(lengths, type, output, precision);
  }

  /** First frame of the footage, scaled, in an ffmpeg pixel format. */
  private byte[] footage(int width, int height, String pixelFormat)
      throws IOException, InterruptedException {
    Path raw = dir.resolve("frame.raw");
    String ffmpeg =
        "ffmpeg -v error -y -i " + Footage.file() + " -frames:v 1 -f rawvideo -vf scale=";
    String command = ffmpeg + width + ":" + height + " -pix_fmt " + pixelFormat + " " + raw;
    Program.run(dir, command.split(" ")).succeeded();
    return Files.readAllBytes(raw);
  }
}
