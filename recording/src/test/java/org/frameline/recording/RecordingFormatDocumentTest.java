package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Origin;
import org.frameline.recording.write.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFormatDocumentTest {

  private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void thePythonInTheDocumentReadsARecording() throws Exception {
    EntryDescription entry = Frames.entry(ElementType.UINT8, 4, 5, 3);
    RecordingOptions options = Frames.quiet(folder.resolve("recording.h5"), Compression.GZIP);
    try (RecordingWriter writer = RecordingWriter.open(options, entry)) {
      Frames.append(writer, entry, 0);
      writer.missing(1, 2);
      Frames.append(writer, entry, 3);
    }
    Matcher block = PYTHON.matcher(Files.readString(Path.of("../docs/recording-format.md")));
    assertThat(block.find()).isTrue();
    assertThat(Reader.python(folder, List.of("-c", block.group(1))))
        .contains("A title (2, 4, 5, 3) uint8", "last frame: 3 mean", "missing: 2 frames from 1")
        .contains("'htype': 'array-1.0'");
  }

  @Test
  void thePythonInTheDocumentComparesARecordingWithItsReplay() throws Exception {
    EntryDescription entry = Frames.entry(ElementType.UINT8, 4, 5, 3);
    for (String name : new String[] {"original.h5", "copy.h5"}) {
      try (RecordingWriter writer =
          RecordingWriter.open(Frames.quiet(folder.resolve(name), Compression.NONE), entry)) {
        for (int i = 0; i < 3; i++) {
          boolean isCopy = name.startsWith("copy");
          Origin origin = isCopy ? new Origin(5 + i, 70 + i) : Origin.NONE;
          writer.append(5 + i, 70 + i, origin, Frames.frame(entry, i));
        }
      }
    }
    String program =
        PYTHON
            .matcher(Files.readString(Path.of("../docs/recording-format.md")))
            .results()
            .skip(1)
            .findFirst()
            .orElseThrow()
            .group(1);
    assertThat(Reader.python(folder, List.of("-c", program))).isEqualTo("True\n");
  }
}
