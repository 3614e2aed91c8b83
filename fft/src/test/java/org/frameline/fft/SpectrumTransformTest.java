package org.frameline.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.frameline.protocol.ElementType;
import org.frameline.testing.JavaCommand;
import org.frameline.testing.Outcome;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@MethodSource("org.frameline.fft.Engines#here")
final class SpectrumTransformTest {
  private static final SpectrumFormat SMALL = format(8, 10, Precision.FLOAT32);

  @Parameter String engine;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void startsNoThreads(Precision precision) {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    // The library splits lines of these lengths over a pool unless it is told not to.
    for (int width : new int[] {131072, 131101, 120000}) {
      transformOnce(format(2, width, precision), Engines.named(engine));
    }
    assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
  }

  @Test
  void letsTheProgramEnd(@TempDir Path dir) throws Exception {
    Outcome outcome = Program.run(dir, JavaCommand.of(OneTransform.class, engine, "131101"));
    assertThat(outcome.succeeded()).isEqualTo("transformed 131101");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 79, 81})
  void refusesPixelsOfTheWrongSize(int bytes) {
    SpectrumTransform transform = new SpectrumTransform(SMALL, Engines.named(engine));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                transform.transform(
                    ByteBuffer.allocate(bytes), ByteBuffer.allocate(SMALL.outputBytes())))
        .withMessage(
            "pixels: expected 80 bytes for a frame [8, 10] of uint8 as complex64, found " + bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 383, 385, 640})
  void refusesAnOutputBufferOfTheWrongSize(int bytes) {
    SpectrumTransform transform = new SpectrumTransform(SMALL, Engines.named(engine));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> transform.transform(ByteBuffer.allocate(80), ByteBuffer.allocateDirect(bytes)))
        .withMessage(
            "out: expected 384 bytes for a frame [8, 10] of uint8 as complex64, found " + bytes);
  }

  @Test
  void refusesAReadOnlyOutputBuffer() {
    SpectrumTransform transform = new SpectrumTransform(SMALL, Engines.named(engine));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                transform.transform(
                    ByteBuffer.allocate(80),
                    ByteBuffer.allocate(SMALL.outputBytes()).asReadOnlyBuffer()))
        .withMessageContaining("writable");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void usesExactlyTheRemainingPartOfEachBuffer(boolean direct) {
    byte[] frame = new byte[SMALL.inputBytes()];
    new Random(7).nextBytes(frame);
    SpectrumTransform transform = new SpectrumTransform(SMALL, Engines.named(engine));
    ByteBuffer expected = ByteBuffer.allocate(SMALL.outputBytes());
    transform.transform(ByteBuffer.wrap(frame), expected);

    ByteBuffer pixels = allocate(direct, frame.length + 9).position(5);
    pixels.put(frame).position(5).limit(5 + frame.length);
    ByteBuffer out = allocate(direct, SMALL.outputBytes() + 8).order(ByteOrder.BIG_ENDIAN);
    out.position(3).limit(3 + SMALL.outputBytes());
    transform.transform(pixels.asReadOnlyBuffer(), out);

    assertThat(out).isEqualTo(expected);
    assertThat(List.of(out.position(), pixels.position())).containsExactly(3, 5);
    out.clear();
    assertThat(List.of(out.get(2), out.get(3 + SMALL.outputBytes())))
        .containsExactly((byte) 0, (byte) 0);
  }

  static SpectrumFormat format(int height, int width, Precision precision) {
    return new SpectrumFormat(
        List.of(height, width), ElementType.UINT8, SpectrumOutput.COMPLEX, precision);
  }

  static void transformOnce(SpectrumFormat format, FftEngine engine) {
    new SpectrumTransform(format, engine)
        .transform(
            ByteBuffer.allocate(format.inputBytes()), ByteBuffer.allocate(format.outputBytes()));
  }

  private static ByteBuffer allocate(boolean direct, int bytes) {
    return direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
  }
}
