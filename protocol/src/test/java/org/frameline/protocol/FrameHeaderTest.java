package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameHeaderTest {

  private static FrameHeader with(Map<String, Object> extra) {
    return new FrameHeader(List.of(2, 3), ElementType.UINT16, 4, 5, "s", extra);
  }

  @Test
  void tellsThePayloadSizeOrThatItOverflows() {
    assertThat(with(Map.of()).payloadBytes()).isEqualTo(12);
    int most = Integer.MAX_VALUE;
    FrameHeader huge =
        new FrameHeader(List.of(most, most, most), ElementType.UINT8, 0, 0, "s", Map.of());
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(huge::payloadBytes);
  }

  @Test
  void readsExtraKeysOnlyAsWhatTheyAre() {
    FrameHeader header =
        with(Map.of("n", 5, "long", 1L << 40, "real", 2.5, "big", BigInteger.TEN, "text", "t"));
    assertThat(header.number("n")).contains(5L);
    assertThat(header.number("long")).contains(1L << 40);
    assertThat(header.number("real")).isEmpty();
    assertThat(header.number("big")).isEmpty();
    assertThat(header.text("text")).contains("t");
    assertThat(header.text("n")).isEmpty();
  }

  @Test
  void becomesAttributesThatAFileCanHoldWhateverAStrangerSent() {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("pixel_format", "Mono16");
    extra.put("roi", List.of(1, 2));
    extra.put("gain", 1.5);
    extra.put("nested", Map.of("a", 1));
    extra.put("mixed", Arrays.asList(1, "x", null));
    extra.put("nothing", null);
    extra.put("big", new BigInteger("99999999999999999999"));
    assertThat(with(extra).attributes())
        .containsExactly(
            Map.entry("htype", "array-1.0"),
            Map.entry("shape", List.of(2, 3)),
            Map.entry("type", "uint16"),
            Map.entry("encoding", "little"),
            Map.entry("stream", "s"),
            Map.entry("pixel_format", "Mono16"),
            Map.entry("roi", List.of(1, 2)),
            Map.entry("gain", 1.5),
            Map.entry("nested", "{\"a\":1}"),
            Map.entry("mixed", "[1,\"x\",null]"),
            Map.entry("nothing", "null"),
            Map.entry("big", "99999999999999999999"));
  }

  @Test
  void refusesNumbersAndShapesThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameHeader(List.of(2, 0), ElementType.UINT8, 0, 0, "s", Map.of()))
        .withMessageContaining("found [2, 0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameHeader(List.of(2), ElementType.UINT8, -1, 0, "s", Map.of()))
        .withMessageContaining("found -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameHeader(List.of(2), ElementType.UINT8, 0, 0, "", Map.of()))
        .withMessageContaining("empty");
  }

  @Test
  void knowsItsFormatsByName() {
    for (PixelFormat format : PixelFormat.values()) {
      assertThat(PixelFormat.ofPfncName(format.pfncName())).isEqualTo(format);
      long bytes =
          new FrameHeader(format.shape(2, 3).lengths(), format.elementType(), 0, 0, "s", Map.of())
              .payloadBytes();
      assertThat(bytes).isEqualTo(6L * format.bytesPerPixel());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PixelFormat.ofPfncName("rgb8"))
        .withMessage("expected one of RGB8, Mono8, Mono16, found \"rgb8\"");
  }
}
