package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.frameline.protocol.StreamMessage.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a message can be wrong, one by one. */
class MalformedMessageTest {

  private static MalformedMessageException refusal(List<byte[]> parts) {
    MalformedMessageException refusal =
        catchThrowableOfType(MalformedMessageException.class, () -> MessageCodec.decode(parts));
    assertThat(refusal).as("refused").isNotNull();
    assertThat(refusal.getMessage()).hasLineCount(1).hasSizeLessThan(400);
    return refusal;
  }

  private static MalformedMessageException refusal(String from, String to) {
    assertThat(Samples.HEADER).contains(from);
    return refusal(Samples.parts(Samples.HEADER.replace(from, to), 18));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4})
  void aMessageHasThreeParts(int count) {
    List<byte[]> four =
        List.of(Samples.utf8("t"), Samples.utf8(Samples.HEADER), new byte[18], new byte[0]);
    assertThat(refusal(four.subList(0, count)))
        .hasMessage("message: expected 3 parts, found " + count);
  }

  private static MalformedMessageException references(String list) {
    return refusal(Samples.parts("{\"htype\":\"references-1.0\",\"references\":" + list + "}", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "null", "{}", "[7]", "[[]]", "[null]", "\"a\""})
  void severalReferencesAreAListOfObjects(String list) {
    assertThat(references(list))
        .hasMessageStartingWith("header.references: expected a list of 1 to 64 objects, found ");
  }

  @Test
  void eachOfSeveralReferencesIsAWholeHeader() {
    String one = Samples.HEADER.replace("array-1.0", "reference-1.0");
    assertThat(references("[" + one + "," + Samples.HEADER + "]"))
        .hasMessage("header.references.htype: expected reference-1.0, found array-1.0");
    assertThat(references("[" + one + "," + one.replace("\"frame\":7,", "") + "]").where())
        .isEqualTo("header.frame");
    assertThat(references("[" + "{},".repeat(64) + "{}]").where()).isEqualTo("header.references");
    assertThat(
            refusal(Samples.parts("{\"htype\":\"references-1.0\",\"references\":[" + one + "]}", 1))
                .where())
        .isEqualTo("payload");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 17, 19, 1_000_000})
  void thePayloadHasExactlyTheBytesOfItsShape(int bytes) {
    assertThat(refusal(Samples.parts(Samples.HEADER, bytes)))
        .hasMessage(
            "payload: expected 18 bytes for shape [2, 3, 3] of uint8, found " + bytes + " bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[0,3,3]",
        "[-2,3,3]",
        "[2.0,3,3]",
        "[\"2\",3,3]",
        "[null]",
        "[[2,3,3]]",
        "[true,18]",
        "[1,1,1,1,1,1,1,1,18]",
        "[2147483648]",
        "[9223372036854775808]",
        "18",
        "\"2,3,3\"",
        "null",
        "{\"0\":18}"
      })
  void theShapeIsOneToEightWholeNumbersAboveZero(String shape) {
    assertThat(refusal("[2,3,3]", shape).where()).isEqualTo("header.shape");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2147483647,2147483647,2147483647] | header.shape",
        "[2147483647,2147483647,2147483647,2147483647,2147483647,2147483647] | header.shape",
        // The product of these wraps around to 2 and to 0 in 64 bits.
        "[65536,65536,65536,65536] | header.shape",
        "[2147483647,2147483647,2] | payload",
        "[2147483647] | payload"
      })
  void aShapeWhoseProductOverflowsIsNotBelieved(String shape, String where) {
    assertThat(refusal("[2,3,3]", shape).where()).isEqualTo(where);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"int8\"", "\"UINT8\"", "\"\"", "8", "null", "[\"uint8\"]"})
  void theTypeIsOneOfTheKnownOnes(String type) {
    assertThat(refusal("\"uint8\"", type).where()).isEqualTo("header.type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"big\"", "\"\"", "null", "1"})
  void theEncodingIsLittle(String encoding) {
    assertThat(refusal("\"little\"", encoding).where()).isEqualTo("header.encoding");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "7.0",
        "7e0",
        "\"7\"",
        "null",
        "true",
        "9007199254740992",
        "1e400",
        "9223372036854775807",
        "9223372036854775808",
        "[7]"
      })
  void aFrameNumberIsAWholeNumberThatEveryJsonReaderKnows(String number) {
    assertThat(refusal("\"frame\":7", "\"frame\":" + number).where()).isEqualTo("header.frame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "\"now\"", "null", "9223372036854775808"})
  void aTimeStampIsAWholeNumber(String number) {
    assertThat(refusal("1763670000000000000", number).where()).isEqualTo("header.timestamp_ns");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "null", "5", "{}"})
  void aStreamHasAName(String stream) {
    assertThat(refusal("\"abc\"", stream).where()).isEqualTo("header.stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"array-2.0\"", "\"\"", "null", "1"})
  void theKindOfTheHeaderIsKnown(String htype) {
    assertThat(refusal("\"array-1.0\"", htype).where()).isEqualTo("header.htype");
  }

  @ParameterizedTest
  @ValueSource(strings = {"htype", "shape", "type", "encoding", "frame", "timestamp_ns", "stream"})
  void noKeyMayBeLeftOut(String key) {
    MalformedMessageException refusal = refusal("\"" + key + "\":", "\"other\":");
    assertThat(refusal.where()).isEqualTo("header." + key);
    assertThat(refusal).hasMessageEndingWith("found no such key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{",
        "{}{}",
        "{'htype':1}",
        "{\"a\":1,}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "/* c */ {}",
        "\uFEFF{}"
      })
  void theHeaderIsOneJsonObject(String header) {
    assertThat(refusal(Samples.parts(header, 18)).where()).isEqualTo("header");
  }

  @Test
  void nothingFollowsTheHeader() {
    assertThat(refusal(Samples.parts(Samples.HEADER + " true", 18)).where()).isEqualTo("header");
    assertThat(refusal(Samples.parts(Samples.HEADER + "\0", 18)).where()).isEqualTo("header");
  }

  @Test
  void noKeyStandsTwice() {
    assertThat(refusal("\"frame\":7", "\"frame\":7,\"frame\":8").where()).isEqualTo("header");
    assertThat(refusal("\"frame\":7", "\"frame\":7,\"x\":{\"a\":1,\"a\":1}").where())
        .isEqualTo("header");
  }

  @Test
  void nestingHasAnEnd() throws Exception {
    String deep = "[".repeat(20_000) + "]".repeat(20_000);
    assertThat(refusal("\"frame\":7", "\"frame\":7,\"x\":" + deep).where()).isEqualTo("header");
    String shallow = "[".repeat(10) + "]".repeat(10);
    String header = Samples.HEADER.replace("\"frame\":7", "\"frame\":7,\"x\":" + shallow);
    assertThat(MessageCodec.decode(Samples.parts(header, 18))).isInstanceOf(Frame.class);
  }

  @Test
  void aHugeHeaderIsNotParsed() throws Exception {
    String most = "x".repeat(MessageCodec.MAX_HEADER_BYTES - Samples.HEADER.length() - 6);
    String largest = Samples.HEADER.replaceFirst("\\{", "{\"x\":\"" + most + "\",");
    // Right up to the limit, and one byte more.
    assertThat(MessageCodec.decode(Samples.parts(largest.replaceFirst("xx", "x"), 18)))
        .isInstanceOf(Frame.class);
    assertThat(refusal(Samples.parts(largest + "  ", 18)))
        .hasMessageStartingWith("header: expected at most 65536 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void theHeaderIsUtf8AndNoOtherUnicode(String charset) {
    byte[] header = Samples.HEADER.getBytes(Charset.forName(charset));
    assertThat(refusal(List.of(Samples.utf8("t"), header, new byte[18])).where())
        .isEqualTo("header");
  }

  @Test
  void brokenUtf8IsRefusedInHeaderAndTopic() {
    byte[] header = Samples.HEADER.replace("abc", "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(refusal(List.of(Samples.utf8("t"), header, new byte[18])))
        .hasMessageStartingWith("header: expected UTF-8");
    byte[] topic = {'t', (byte) 0xC3};
    assertThat(refusal(List.of(topic, Samples.utf8(Samples.HEADER), new byte[18])))
        .hasMessageStartingWith("topic: expected UTF-8");
    // Invalid UTF-32 makes a guessing parser throw something else.
    byte[] utf32 = {0, 0, 0, '{', 0x7f, 0, 0, 0};
    assertThat(refusal(List.of(topic, utf32, new byte[18])).where()).isEqualTo("topic");
    assertThat(refusal(List.of(Samples.utf8("t"), utf32, new byte[18])).where())
        .isEqualTo("header");
  }

  @Test
  void endsAndNoticesHaveNoPayloadAndKnownStates() {
    String end = "{\"htype\":\"series_end-1.0\",\"stream\":\"s\",\"frames\":5}";
    assertThat(refusal(Samples.parts(end, 1)).where()).isEqualTo("payload");
    assertThat(refusal(Samples.parts(end.replace("5", "-5"), 0)).where())
        .isEqualTo("header.frames");
    assertThat(refusal(Samples.parts(end.replace("frames", "count"), 0)).where())
        .isEqualTo("header.frames");
    String notice = "{\"htype\":\"worker-1.0\",\"worker\":\"w\",\"state\":\"ready\"}";
    assertThat(refusal(Samples.parts(notice, 1)).where()).isEqualTo("payload");
    assertThat(refusal(Samples.parts(notice.replace("ready", "READY"), 0)).where())
        .isEqualTo("header.state");
    assertThat(refusal(Samples.parts(notice.replace("\"w\"", "7"), 0)).where())
        .isEqualTo("header.worker");
  }

  @Test
  void whatAStrangerSentStandsInOneShortPrintableLine() {
    String junk = "\u001b[31m\r\nfake log line " + "x".repeat(5_000);
    assertThat(refusal(Samples.parts(junk, 0)).getMessage())
        .doesNotContain("\u001b", "\n", "\r")
        .endsWith("...");
  }
}
