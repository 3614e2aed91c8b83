package org.frameline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootageTest {
  @TempDir Path folder;

  private String probe(Path video) throws Exception {
    String entries = "stream=codec_name,width,height,r_frame_rate,nb_read_packets";
    return Program.run(
            folder,
            "ffprobe",
            "-v",
            "error",
            "-count_packets",
            "-show_entries",
            entries,
            "-of",
            "csv=p=0",
            video.toString())
        .succeeded();
  }

  @Test
  void whatIsMadeIsLikeTheRealOne() throws Exception {
    Path made = Footage.make(folder.resolve("below/vtest.avi"));
    assertThat(probe(made)).isEqualTo("msmpeg4v3,768,576,10/1,795");
    assertThat(probe(Footage.file())).isEqualTo(probe(made));
    // Tests cut it at a number of bytes.
    assertThat(Files.size(made)).isBetween(7_500_000L, 9_000_000L);
    try (var files = Files.list(made.getParent())) {
      assertThat(files).containsExactly(made);
    }
  }
}
