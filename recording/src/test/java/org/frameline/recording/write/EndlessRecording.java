package org.frameline.recording.write;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.RecordingOptions;
import org.frameline.testing.JavaCommand;

/** Records until it is killed, and prints how many frames are safe. A program, not a test. */
final class EndlessRecording {

  private static final int MAX_AHEAD = 300;

  private EndlessRecording() {}

  static EntryDescription entry() {
    return Frames.entry(ElementType.UINT8, 24, 32, 3);
  }

  static ProcessBuilder command(Path file, Compression compression, ExistingFile existing) {
    List<String> command =
        JavaCommand.of(EndlessRecording.class, file, compression.name(), existing.name());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  public static void main(String[] args) throws Exception {
    RecordingOptions options =
        new RecordingOptions(
            Path.of(args[0]),
            ExistingFile.valueOf(args[2]),
            Compression.valueOf(args[1]),
            Checksum.FLETCHER32,
            Duration.ofMillis(5),
            2);
    RecordingWriter writer = RecordingWriter.open(options, entry());
    long safe = 0;
    System.out.println(safe);
    for (long number = 0; ; number++) {
      Frames.append(writer, entry(), number);
      while (safe < number - MAX_AHEAD || writer.checkpointedFrames() > safe) {
        safe = writer.checkpointedFrames();
        System.out.println(safe);
      }
    }
  }
}
