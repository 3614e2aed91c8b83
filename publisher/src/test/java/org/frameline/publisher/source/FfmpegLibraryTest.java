package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FfmpegLibraryTest {
  @Test
  void aLibraryThatIsMissingIsNamedInOneLine() {
    String missing = "libpulse.so.0: cannot open shared object file: No such file or directory";
    assertThatThrownBy(
            () ->
                FfmpegLibrary.loading(
                    "FFmpeg",
                    () -> {
                      throw new UnsatisfiedLinkError(missing);
                    }))
        .isInstanceOf(SourceException.class)
        .hasMessage("cannot load FFmpeg: " + missing);
  }
}
