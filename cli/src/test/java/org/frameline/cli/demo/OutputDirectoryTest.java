package org.frameline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.frameline.program.ProgramException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {
  @TempDir Path folder;

  @Test
  void takesTheFilesOfAnEarlierDemoAwayAndNothingElse() throws Exception {
    for (String name :
        new String[] {"demo.json", "recording.h5", "worker-12.json", "notes.txt", "mine.json"}) {
      Files.writeString(folder.resolve(name), "x");
    }
    OutputDirectory.prepare(folder);
    assertThat(folder)
        .isDirectoryNotContaining("glob:**recording.h5")
        .isDirectoryNotContaining("glob:**worker-12.json")
        .isDirectoryContaining("glob:**notes.txt")
        .isDirectoryContaining("glob:**mine.json");
  }

  @Test
  void leavesARecordingThatNoDemoHasMade() throws Exception {
    Path precious = Files.writeString(folder.resolve("recording.h5"), "precious");
    assertThatThrownBy(() -> OutputDirectory.prepare(folder))
        .isInstanceOf(ProgramException.class)
        .hasMessageContaining("recording.h5 is there and was not made by a demo");
    assertThat(precious).hasContent("precious");
  }

  @Test
  void makesTheDirectoryWithItsParents() {
    OutputDirectory.prepare(folder.resolve("a/b"));
    assertThat(folder.resolve("a/b")).isEmptyDirectory();
  }
}
