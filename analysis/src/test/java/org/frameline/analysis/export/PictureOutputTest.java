package org.frameline.analysis.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.analysis.images.Selection;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureOutputTest {
  @TempDir Path folder;

  private void export(Path out) throws IOException {
    Path file =
        Recordings.noise(
            folder.resolve("r.h5"),
            Compression.NONE,
            ElementType.UINT8,
            List.of(200, 300, 3),
            Recordings.numbersTo(20));
    try (FrameSeries series = FrameSeries.open(file, Optional.empty(), Optional.empty())) {
      PictureMaker maker =
          new PictureMaker(
              series,
              PictureMaker.Depth.ALL,
              Levels.FULL,
              new Selection(java.util.OptionalLong.empty(), java.util.OptionalLong.empty(), 1)
                  .in(series));
      Target target = Target.of(out, false, Optional.empty());
      try (PictureOutput output = new PictureOutput(series, target, maker.bytes())) {
        for (int row = 0; row < series.frames(); row++) {
          output.add(row, maker.make(row));
          assertThat(output.done()).isLessThanOrEqualTo(row + 1L);
        }
        output.settle();
        assertThat(output.done()).isEqualTo(series.frames());
        output.finish();
        assertThat(output.summary()).contains("20 pictures");
      }
    }
  }

  @Test
  void everyPictureIsThereWhenItSaysSo() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    export(out.resolve("%d.png"));
    try (var files = Files.list(out)) {
      assertThat(files).hasSize(20).allMatch(file -> file.toString().endsWith(".png"));
    }
  }

  @Test
  void theFirstPictureThatCannotBeWrittenIsNamed() {
    Path gone = folder.resolve("gone");
    assertThatThrownBy(() -> export(gone.resolve("%d.png")))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write " + gone.resolve("0.png") + ": its folder is gone");
  }
}
