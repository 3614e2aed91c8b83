package org.frameline.publisher.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A simulated camera. */
record SyntheticSpec(Pattern pattern) implements SourceSpec {
  private static final String PREFIX = "synthetic:";

  static final SourceKind KIND =
      new SourceKind() {
        @Override
        public List<String> prefixes() {
          return List.of(PREFIX);
        }

        @Override
        public String notation() {
          return PREFIX + Pattern.names();
        }

        @Override
        public String meaning() {
          return "a simulated camera";
        }

        @Override
        public Nature nature() {
          return Nature.SIMULATED;
        }

        @Override
        public Set<SourceWish> takes() {
          return Set.of(SourceWish.SIZE, SourceWish.FORMAT, SourceWish.LOSSLESS);
        }

        @Override
        public SourceSpec parse(String text) {
          return new SyntheticSpec(Pattern.named(text.substring(PREFIX.length())));
        }

        @Override
        public List<String> completions() {
          return Arrays.stream(Pattern.values()).map(it -> PREFIX + it.specName()).toList();
        }
      };

  /** What a simulated camera shows. */
  enum Pattern {
    /** Interference fringes: a plane cosine wave whose phase advances from frame to frame. */
    FRINGES,
    /** Bright spots in Brownian motion on a dark background, as in a microscope. */
    PARTICLES,
    /** Uniform noise over the whole range, independent in every pixel and frame. */
    NOISE,
    /** A ramp shifted by the frame number; every value follows from a formula. */
    RAMP;

    SyntheticSource.Picture of(SyntheticSource.Raster raster) {
      return switch (this) {
        case FRINGES -> new Fringes(raster);
        case PARTICLES -> new Particles(raster);
        case NOISE -> new Noise(raster);
        case RAMP -> new Ramp(raster);
      };
    }

    String specName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static String names() {
      return Arrays.stream(values()).map(Pattern::specName).collect(Collectors.joining("|"));
    }

    private static Pattern named(String name) {
      return Arrays.stream(values())
          .filter(pattern -> pattern.specName().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "expected synthetic:" + names() + ", found \"" + name + "\""));
    }
  }

  @Override
  public SourceKind kind() {
    return KIND;
  }

  @Override
  public String label() {
    return PREFIX + pattern.specName();
  }

  @Override
  public FrameSource open(SourceRequest request, BooleanSupplier stopped) {
    return new SyntheticSource(pattern, request);
  }
}
