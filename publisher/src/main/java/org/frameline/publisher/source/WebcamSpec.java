package org.frameline.publisher.source;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Camera number {@code index} of this machine, as {@link Cameras#list()} numbers them. */
record WebcamSpec(int index) implements SourceSpec {
  private static final String PREFIX = "webcam:";

  static final SourceKind KIND =
      new SourceKind() {
        @Override
        public List<String> prefixes() {
          return List.of(PREFIX);
        }

        @Override
        public String notation() {
          return PREFIX + "N";
        }

        @Override
        public String meaning() {
          return "camera N of this machine, as \"cameras\" lists it";
        }

        @Override
        public Nature nature() {
          return Nature.LIVE;
        }

        @Override
        public Set<SourceWish> takes() {
          return Set.of(SourceWish.SIZE, SourceWish.FORMAT);
        }

        @Override
        public SourceSpec parse(String text) {
          return new WebcamSpec(number(text.substring(PREFIX.length())));
        }

        @Override
        public List<Camera> attached() throws IOException {
          return Cameras.list();
        }
      };

  WebcamSpec {
    if (index < 0) {
      throw new IllegalArgumentException("expected a camera number from 0, found " + index);
    }
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a camera number as in webcam:0, found \"" + digits + "\"", e);
    }
  }

  static String label(int index) {
    return PREFIX + index;
  }

  @Override
  public SourceKind kind() {
    return KIND;
  }

  @Override
  public String label() {
    return label(index);
  }

  @Override
  public FrameSource open(SourceRequest request, BooleanSupplier stopped) throws SourceException {
    return new FfmpegSource(Cameras.address(this, request), request, stopped);
  }
}
