package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.frameline.protocol.ElementType;
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
}
