package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.protocol.StreamMessage.Reference;
import org.frameline.protocol.StreamMessage.References;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageCodecTest {

  @Test
  void writesTheHeaderOfTheWireFormatByteForByte() {
    byte[] header = MessageCodec.header(Samples.frame("camera_frame", "abc", 7));
    assertThat(new String(header, StandardCharsets.UTF_8)).isEqualTo(Samples.HEADER);
  }

  @Test
  void readsBackTheFrameItWrote() throws Exception {
    Frame frame = Samples.frame("camera_frame", "abc", 7);
    assertThat(MessageCodec.decode(Samples.parts(frame))).isEqualTo(frame);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void readsBackArraysOfEveryType(ElementType type) throws Exception {
    FrameHeader header = new FrameHeader(List.of(2, 5), type, 0, -1, "s", Map.of());
    Frame frame = new Frame("t", header, ByteBuffer.allocate(10 * type.bytes()));
    assertThat(MessageCodec.decode(Samples.parts(frame))).isEqualTo(frame);
  }

  @Test
  void readsBackAResultWithItsWorkerAndTimes() throws Exception {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put(FrameHeader.TRANSFORM, "fft2");
    extra.put(FrameHeader.HALF_SPECTRUM, true);
    extra.put(FrameHeader.WORKER, "worker-1");
    extra.put(FrameHeader.TRANSFORM_NS, 1_250_000);
    extra.put(FrameHeader.RECEIVED_NS, 1_763_670_000_000_000_001L);
    FrameHeader header = new FrameHeader(List.of(3, 2, 2), ElementType.COMPLEX64, 9, 1, "s", extra);
    Frame result = new Frame("t", header, ByteBuffer.allocate(96));
    Frame read = (Frame) MessageCodec.decode(Samples.parts(result));
    assertThat(read).isEqualTo(result);
    assertThat(read.header().number(FrameHeader.TRANSFORM_NS)).contains(1_250_000L);
    assertThat(read.header().text(FrameHeader.WORKER)).contains("worker-1");
  }

  @Test
  void readsBackTheEndOfAStream() throws Exception {
    SeriesEnd end = new SeriesEnd("camera_frame", "abc", 795);
    assertThat(MessageCodec.decode(Samples.parts(end))).isEqualTo(end);
    assertThat(new String(MessageCodec.header(end), StandardCharsets.UTF_8))
        .isEqualTo("{\"htype\":\"series_end-1.0\",\"stream\":\"abc\",\"frames\":795}");
  }

  private static Reference reference(long number) {
    FrameHeader header = Samples.frame("t", "abc", number).header();
    return new Reference(
        "ring/t", header.with(Map.of(FrameHeader.RING, "/r", FrameHeader.RING_INDEX, number)));
  }

  @Test
  void readsBackSeveralReferences() throws Exception {
    StreamMessage three = References.of(List.of(reference(7), reference(9), reference(8)));
    assertThat(((References) three).each())
        .containsExactly(reference(7), reference(9), reference(8));
    StreamMessage read = MessageCodec.decode(Samples.parts(three));
    // Small numbers come back as integers.
    assertThat(MessageCodec.header(read)).isEqualTo(MessageCodec.header(three));
    assertThat(((References) read).headers().get(1).number(FrameHeader.RING_INDEX)).contains(9L);
    assertThat(new String(MessageCodec.header(three), StandardCharsets.UTF_8))
        .startsWith("{\"htype\":\"references-1.0\",\"references\":[{\"htype\":\"reference-1.0\",");
    assertThat(References.of(List.of(reference(7)))).isEqualTo(reference(7));
  }

  @ParameterizedTest
  @EnumSource(WorkerNotice.State.class)
  void readsBackTheNoticeOfAWorker(WorkerNotice.State state) throws Exception {
    WorkerNotice notice = new WorkerNotice("worker", "w1", state, Map.of("transformed", 3));
    assertThat(MessageCodec.decode(Samples.parts(notice))).isEqualTo(notice);
  }

  @Test
  void keepsKeysItDoesNotKnowInTheirOrder() throws Exception {
    String header =
        Samples.HEADER.replace(
            "\"encoding\"", "\"zebra\":{\"a\":[1,2.5,null]},\"apple\":true,\"encoding\"");
    Frame frame = (Frame) MessageCodec.decode(Samples.parts(header, 18));
    assertThat(frame.header().extra().keySet())
        .containsExactly("zebra", "apple", "pixel_format", "source");
    assertThat(frame.header().extra()).containsEntry("apple", true);
    assertThat(frame.header().extra().get("zebra"))
        .isEqualTo(Map.of("a", Arrays.asList(1, 2.5, null)));
    assertThat(MessageCodec.decode(Samples.parts(frame))).isEqualTo(frame);
  }

  @Test
  void readsKeysInAnyOrderAndWithSpaces() throws Exception {
    String header =
        "{ \"stream\" : \"abc\",\n \"shape\": [ 2, 3 ], \"frame\": 0, \"timestamp_ns\": 5,"
            + " \"encoding\": \"little\", \"type\": \"uint16\", \"htype\": \"array-1.0\" }";
    Frame frame = (Frame) MessageCodec.decode(Samples.parts(header, 12));
    assertThat(frame.header())
        .isEqualTo(new FrameHeader(List.of(2, 3), ElementType.UINT16, 0, 5, "abc", Map.of()));
  }

  @Test
  void wrapsThePayloadWithoutACopy() throws Exception {
    List<byte[]> parts = Samples.parts(Samples.HEADER, 18);
    assertThat(((Frame) MessageCodec.decode(parts)).payload().array()).isSameAs(parts.get(2));
  }

  @Test
  void refusesToBuildAFrameWhosePayloadDoesNotFit() {
    FrameHeader header = Samples.frame("t", "s", 0).header();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Frame("t", header, ByteBuffer.allocate(17)))
        .withMessageContaining("expected 18 bytes for shape [2, 3, 3] of uint8, found 17");
  }

  @Test
  void refusesExtraKeysThatWouldStandTwiceInTheHeader() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FrameHeader(
                    List.of(1), ElementType.UINT8, 0, 0, "s", Map.of("shape", List.of(2))))
        .withMessageContaining("found [shape]");
  }

  @Test
  void pythonReadsTheHeaderWithItsKeysInTheOrderOfTheWireFormat() throws Exception {
    byte[] header = MessageCodec.header(Samples.frame("camera_frame", "käse \"1\"", 7));
    String printed =
        Python.run(
            """
            import json, sys
            raw = bytes.fromhex(sys.argv[1])
            header = json.loads(raw.decode("utf-8"))
            print(",".join(header))
            print(header["shape"], header["frame"], header["timestamp_ns"], header["stream"] == "käse \\"1\\"")
            print(raw == json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8"))
            """,
            java.util.HexFormat.of().formatHex(header));
    assertThat(printed.lines())
        .containsExactly(
            "htype,shape,type,encoding,frame,timestamp_ns,stream,pixel_format,source",
            "[2, 3, 3] 7 1763670000000000000 True",
            "True");
  }
}
