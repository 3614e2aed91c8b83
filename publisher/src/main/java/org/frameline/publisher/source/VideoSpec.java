package org.frameline.publisher.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A video file. */
record VideoSpec(Path path) implements SourceSpec {
  private static final String PREFIX = "video:";

  static final SourceKind KIND =
      new SourceKind() {
        @Override
        public List<String> prefixes() {
          return List.of(PREFIX);
        }

        @Override
        public String notation() {
          return PREFIX + "PATH";
        }

        @Override
        public String meaning() {
          return "a video file";
        }

        @Override
        public Nature nature() {
          return Nature.FILE;
        }

        @Override
        public Set<SourceWish> takes() {
          return Set.of(SourceWish.SIZE, SourceWish.FORMAT, SourceWish.SPEED, SourceWish.LOSSLESS);
        }

        @Override
        public SourceSpec parse(String text) {
          return new VideoSpec(InputFile.named(PREFIX, text.substring(PREFIX.length())));
        }
      };

  @Override
  public SourceKind kind() {
    return KIND;
  }

  @Override
  public String label() {
    return PREFIX + path;
  }

  @Override
  public FrameSource open(SourceRequest request, BooleanSupplier stopped) throws SourceException {
    Path file = InputFile.existing(path, "a video file");
    return new FfmpegSource(MediaAddress.file(file), request, stopped);
  }
}
