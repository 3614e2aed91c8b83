package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path folder;

  private static String refusal(Path file, boolean replace) {
    ProgramException refusal =
        catchThrowableOfType(
            ProgramException.class, () -> OutputFile.requireWritable(file, replace, "--overwrite"));
    assertThat(refusal).as("refused").isNotNull();
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.FAILED);
    return refusal.getMessage();
  }

  @Test
  void allowsANewFileAndAnOldOneThatMayBeReplaced() throws Exception {
    OutputFile.requireWritable(folder.resolve("new.h5"), false, "--overwrite");
    OutputFile.requireWritable(Path.of("new.h5"), false, "--overwrite");
    Path old = Files.writeString(folder.resolve("old.h5"), "x");
    OutputFile.requireWritable(old, true, "--overwrite");
    assertThat(old).as("only looked at").hasContent("x");
    assertThat(folder.resolve("new.h5")).doesNotExist();
  }

  @Test
  void refusesAFileThatIsThereAndSaysTheWayOut() throws Exception {
    Path old = Files.createFile(folder.resolve("old.h5"));
    assertThat(refusal(old, false))
        .isEqualTo(old + " exists already; choose another name or use --overwrite");
  }

  @Test
  void refusesAFolderAndWhatIsInNone() throws Exception {
    assertThat(refusal(folder, true)).isEqualTo("cannot write " + folder + ": it is a directory");
    Path nowhere = folder.resolve("no/such/file.h5");
    assertThat(refusal(nowhere, false))
        .isEqualTo(
            "cannot write " + nowhere + ": there is no directory " + folder.resolve("no/such"));
    Path underAFile = Files.createFile(folder.resolve("file")).resolve("x.h5");
    assertThat(refusal(underAFile, false)).contains("there is no directory");
  }

  @Test
  void refusesAPipeForWhichNobodyWouldWait() throws Exception {
    Path pipe = folder.resolve("pipe");
    Program.run(folder, "mkfifo", pipe.toString()).succeeded();
    assertThat(refusal(pipe, true))
        .isEqualTo("cannot write " + pipe + ": expected a file, found a named pipe");
    OutputFile.requireWritable(Path.of("/dev/null"), true, "");
    OutputFile.requireWritable(Path.of("/dev/full"), true, "");
  }
}
