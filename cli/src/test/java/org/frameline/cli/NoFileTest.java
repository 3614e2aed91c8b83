package org.frameline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.frameline.protocol.ElementType;
import org.frameline.testing.NoThreadLeft;
import org.frameline.testing.Program;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A named pipe where a file is expected: to open it would wait for ever for the other end. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class NoFileTest {
  private static final String FOUND = "expected a file, found a named pipe";

  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws Exception {
    Program.run(
            folder, "mkfifo", "pipe", "pipe.h5", "pipe.mp4", "pipe.png", "pipe.tif", "pipe.html")
        .succeeded();
    Recordings.of(ElementType.UINT8, List.of(20, 30))
        .write(folder.resolve("sound.h5"), Recordings.numbersTo(3));
  }

  private Shell.Ending run(String line) {
    String[] words =
        Stream.of(Shell.words(line))
            .map(word -> word.replaceAll("^(hdf5:|video:|)@", "$1" + folder + "/"))
            .toArray(String[]::new);
    return Shell.run(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "info @pipe",
        "info @sound.h5 @pipe",
        "info --json @pipe",
        "info --dataset /x @pipe",
        "verify @pipe",
        "copy @pipe --out @new.h5",
        "export @pipe --out @new",
        "export @pipe --out @new.mp4",
        "spectrum @pipe",
        "plot @pipe --out @new.html",
        "publish --source hdf5:@pipe",
        "publish --source video:@pipe",
        "copy @sound.h5 --out @pipe.h5 --overwrite",
        "export @sound.h5 --out @pipe.mp4 --overwrite",
        "export @sound.h5 --frame 1 --out @pipe.png --overwrite",
        "export @sound.h5 --frame 1 --out @pipe.tif --overwrite",
        "export @sound.h5 --contact-sheet --out @pipe.png --overwrite",
        "spectrum @sound.h5 --out @pipe.h5 --overwrite",
        "plot @sound.h5 --out @pipe.html --overwrite",
        "verify @sound.h5 --report @pipe",
        "copy @sound.h5 --out @new.h5 --report @pipe",
        "record --out @pipe.h5 --overwrite",
        "record --out @pipe.h5 --append",
        "sink --out @pipe.h5 --overwrite",
        "sink --out @pipe.h5 --append",
        "snap --out @pipe.png --overwrite",
        "snap --out @pipe.h5 --overwrite",
        "bench --only memory --json @pipe",
        "bench --only memory --html @pipe.html"
      })
  void isOneLine(String line) {
    Shell.Ending ending = run(line);
    assertThat(ending.code()).isEqualTo(1);
    List<String> said = Stream.concat(ending.out().stream(), ending.err().stream()).toList();
    assertThat(said).as(line).filteredOn(text -> text.contains(FOUND)).hasSize(1);
    assertThat(ending.err()).hasSizeLessThanOrEqualTo(1);
    assertThat(said).noneMatch(text -> text.contains("should not have happened"));
    assertThat(folder.resolve("new.h5")).doesNotExist();
    assertThat(Files.exists(folder.resolve("pipe.h5"))).isTrue();
  }
}
