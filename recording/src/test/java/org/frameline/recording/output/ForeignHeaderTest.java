package org.frameline.recording.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage;
import org.frameline.recording.Compression;
import org.frameline.recording.FileText;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.check.Finding;
import org.frameline.recording.check.RecordingCheck;
import org.frameline.recording.copy.RecordingCopy;
import org.frameline.recording.hdf5.Bytes;
import org.frameline.testing.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever keys and texts a stranger's header has, h5py lists and reads everything in the file. */
class ForeignHeaderTest {
  /**
   * Prints every attribute of every object, and every text, with what cannot be printed escaped.
   */
  private static final String READ_ALL =
      """
      def show(name, object):
          for key in object.attrs:
              print(ascii(name), ascii(key), ascii(object.attrs[key]))
          if isinstance(object, h5py.Dataset) and object.dtype.kind == "S":
              print(ascii(name), ascii(object.asstr()[()]))
      with h5py.File(path) as f:
          show("/", f)
          f.visititems(show)
      """;

  @TempDir Path folder;

  private static FrameHeader header(Map<String, Object> extra) {
    return new FrameHeader(List.of(4, 6), ElementType.UINT8, 0, 5, "s", extra);
  }

  private Path write(EntryContent content, FrameHeader header) throws Exception {
    Path file = folder.resolve(content + ".h5");
    try (FrameOutput output =
        FrameOutputs.of(file).open(Frames.quiet(file, Compression.NONE), content, "1", header)) {
      output.append(
          new StreamMessage.Frame("frames", header, ByteBuffer.allocate(24)),
          Optional.empty(),
          Optional.empty());
    }
    return file;
  }

  private static List<String> damages(Path file) {
    List<String> found = new ArrayList<>();
    RecordingCheck.check(
        file,
        finding -> {
          if (finding.kind() == Finding.Kind.DAMAGE) {
            found.add(finding.text());
          }
        },
        () -> false);
    return found;
  }

  @ParameterizedTest
  @EnumSource(EntryContent.class)
  void keysThatNoFileCanHoldAreLeftOutWithAWord(EntryContent content) throws Exception {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("source", "cam\0era\ud83d\u001b");
    extra.put("pixel_format", "Mono8\0x");
    for (String name : List.of("", "\0", "a\0b", "a", "half\ud83d", "n".repeat(256))) {
      extra.put(name, "value of one");
    }
    for (String name : List.of("a/b", "/", ".", "..", "esc\u001b[1m", "line\nbreak", "größe")) {
      extra.put(name, 7);
    }
    extra.put("nul", "be\0hind");
    try (Log log = Log.of(FileText.class)) {
      Path file = write(content, header(extra));
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("left out of the file: 5 header keys");
      String all = Reader.h5py(file, READ_ALL);
      assertThat(all)
          .contains(
              "'entry/stream' 'a' 'value of one'",
              "'entry/stream' 'a/b' 7",
              "'entry/stream' '/' 7",
              "'entry/stream' '.' 7",
              "'entry/stream' '..' 7",
              "'entry/stream' 'esc\\x1b[1m' 7",
              "'entry/stream' 'line\\nbreak' 7",
              "'entry/stream' 'gr\\xf6\\xdfe' 7",
              "'entry/stream' 'nul' 'be\\ufffdhind'",
              "'entry/instrument/detector/description' 'cam\\ufffdera\\ufffd\\x1b'")
          .doesNotContain("half", "nnnn");
      assertThat(damages(file)).isEmpty();
    }
  }

  @Test
  void manyKeysAreReadToo() throws Exception {
    Map<String, Object> extra = new LinkedHashMap<>();
    for (int i = 0; i < 6_000; i++) {
      extra.put("k" + i, i);
    }
    extra.put("source", "x".repeat(60_000));
    Path file = write(EntryContent.RECORDING, header(extra));
    String all = Reader.h5py(file, READ_ALL);
    assertThat(all).contains("'k0' 0", "'k5999' 5999");
    assertThat(damages(file)).isEmpty();
  }

  /** As it was written before: h5py cannot list the attributes beside it. */
  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "gain, ga\\0n, stream",
    "gain, bias, stream",
    "description, desc/iption, detector",
    "description, desc\\0iption, detector"
  })
  void aNameThatOthersCannotReadIsDamage(String name, String renamed, String where)
      throws Exception {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("gain", 1);
    extra.put("bias", 2);
    Path file = write(EntryContent.RECORDING, header(extra));
    rename(file, name, renamed.replace("\\0", "\0"));
    assertThat(damages(file))
        .anyMatch(
            text ->
                text.contains(where + ": expected ")
                    && text.contains(
                        "that HDF5 programs can read, found \""
                            + renamed.replace("\\0", "\\u0000")));
  }

  @Test
  void aCopyLeavesSuchNamesOut() throws Exception {
    Path file = write(EntryContent.RECORDING, header(Map.of("gain", 1)));
    rename(file, "gain", "ga\0n");
    Path copy = folder.resolve("copy.h5");
    new RecordingCopy(
            new RecordingCopy.Request(
                List.of(file),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                "frameline copy",
                "1"))
        .run(copy, 1, frames -> {}, () -> false);
    assertThat(damages(copy)).isEmpty();
    assertThat(Reader.h5py(copy, READ_ALL))
        .contains("'entry/stream' 'stream' 's'")
        .doesNotContain("ga\\x00n", "gain");
  }

  /** Changes a name of the same length in its object header, which gets a new checksum. */
  private static void rename(Path file, String name, String renamed) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int found = 0;
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int header = text.lastIndexOf("OHDR", at);
      int size = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(header + 6);
      int end = header + 10 + size;
      if (header >= 0 && at < end) {
        System.arraycopy(renamed.getBytes(StandardCharsets.UTF_8), 0, bytes, at, name.length());
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(end, Bytes.lookup3(Arrays.copyOfRange(bytes, header, end)));
        found++;
      }
    }
    assertThat(found).isPositive();
    Files.write(file, bytes);
  }
}
