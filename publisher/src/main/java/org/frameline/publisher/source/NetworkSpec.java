package org.frameline.publisher.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A camera or video behind an rtsp, rtsps, http or https address. */
record NetworkSpec(URI address) implements SourceSpec {
  static final SourceKind KIND =
      new SourceKind() {
        @Override
        public List<String> prefixes() {
          return List.of("rtsp://", "rtsps://", "http://", "https://");
        }

        @Override
        public String notation() {
          return "rtsp://HOST/...";
        }

        @Override
        public String meaning() {
          return "a network camera; rtsps://, http:// and https:// too";
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
          return new NetworkSpec(uri(text));
        }
      };

  NetworkSpec {
    if (address.getHost() == null) {
      throw new IllegalArgumentException(
          "expected an address such as rtsp://HOST:PORT/PATH, found no host in \""
              + withoutPassword(address)
              + "\"");
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // The text itself may hold a password, so it is not repeated.
      throw new IllegalArgumentException(
          "expected an address such as rtsp://HOST:PORT/PATH, found a fault at character "
              + (e.getIndex() + 1)
              + " ("
              + e.getReason()
              + "); write special characters of a password as %XX",
          e);
    }
  }

  private static String withoutPassword(URI address) {
    return address.toString().replaceFirst("//([^/@:]*):[^/@]*@", "//$1:***@");
  }

  @Override
  public SourceKind kind() {
    return KIND;
  }

  @Override
  public String label() {
    return withoutPassword(address);
  }

  @Override
  public FrameSource open(SourceRequest request, BooleanSupplier stopped) throws SourceException {
    return new FfmpegSource(MediaAddress.network(this), request, stopped);
  }

  /** Without the password, because records end up in logs. */
  @Override
  public String toString() {
    return "NetworkSpec[" + label() + "]";
  }
}
