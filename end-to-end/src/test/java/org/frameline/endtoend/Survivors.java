package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.frameline.recording.EntryNames;
import org.frameline.recording.images.FrameReader;
import org.frameline.testing.Program;

/** Judges recordings that were cut off: h5py, h5dump, jhdf and verify. No state. */
final class Survivors {

  /**
   * What h5py found in a file.
   *
   * @param entries how many entries
   * @param frames frames in all of them
   * @param missing frames listed as missing
   */
  record Content(int entries, long frames, long missing) {}

  private Survivors() {}

  /** All judges agree that the files are sound; what is in them. */
  static List<Content> check(Path folder, List<Path> files, Integer... exitCodesOfVerify) {
    List<Content> contents = new ArrayList<>();
    try (Program judge = Judges.start(folder, "check_survivor.py", texts(files))) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
      judge.output().lines().forEach(line -> contents.add(content(line)));
    }
    for (int i = 0; i < files.size(); i++) {
      assertThat(frames(files.get(i))).isEqualTo(contents.get(i).frames());
    }
    String[] arguments =
        Stream.concat(Stream.of("verify"), Stream.of(texts(files))).toArray(String[]::new);
    try (Program verify = Program.frameline(folder, arguments)) {
      assertThat(verify.awaitExit()).as(verify.output()).isIn((Object[]) exitCodesOfVerify);
      assertThat(verify.output()).doesNotContain("damaged");
      for (int i = 0; i < files.size(); i++) {
        Content content = contents.get(i);
        assertThat(verify.output())
            .contains(content.frames() + " frames, " + content.missing() + " missing");
      }
    }
    return contents;
  }

  private static String[] texts(List<Path> files) {
    return files.stream().map(Path::toString).toArray(String[]::new);
  }

  private static Content content(String line) {
    String[] words = line.split(" ", 4);
    return new Content(
        Integer.parseInt(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
  }

  /** Frames that jhdf finds in all entries of a file, of each entry the last one read. */
  static long frames(Path file) {
    long frames = 0;
    for (int number = 1; ; number++) {
      try (FrameReader reader = FrameReader.open(file, EntryNames.entry(number))) {
        frames += reader.frames();
        assertThat(reader.frames() == 0 || reader.frame(reader.frames() - 1).hasRemaining())
            .isTrue();
      } catch (IOException e) {
        assertThat(number).as(e.getMessage()).isGreaterThan(1);
        return frames;
      }
    }
  }
}
