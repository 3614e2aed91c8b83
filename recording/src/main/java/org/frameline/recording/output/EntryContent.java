package org.frameline.recording.output;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameShape;
import org.frameline.protocol.Outage;
import org.frameline.protocol.PixelFormat;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.EntryNames;
import org.frameline.recording.FileText;

/** What frames show, and so what an entry says of them, which it learns from a frame's header. */
public enum EntryContent {
  /** Pictures as a camera sends them, for as long as it does. */
  RECORDING("frameline record") {
    @Override
    Collection<String> notConstant() {
      return Outage.KEYS;
    }

    @Override
    String title(String source) {
      return "Recording of " + source;
    }

    @Override
    String pixelFormat(FrameHeader header) {
      return header
          .text(FrameHeader.PIXEL_FORMAT)
          .or(
              () ->
                  FrameShape.find(header.shape())
                      .flatMap(shape -> PixelFormat.of(shape, header.type(), null))
                      .map(PixelFormat::pfncName))
          .orElse(null);
    }
  },

  /** What the workers made of them. */
  SPECTRA("frameline sink") {
    @Override
    Collection<String> notConstant() {
      return List.of(FrameHeader.WORKER, FrameHeader.RECEIVED_NS, FrameHeader.TRANSFORM_NS);
    }

    @Override
    String title(String source) {
      return "Spectra of " + source;
    }

    @Override
    String interpretation(FrameHeader header) {
      // NeXus' "spectrum" is a curve.
      return "image";
    }

    @Override
    String pixelFormat(FrameHeader header) {
      return null;
    }
  },

  /** One picture. */
  SNAPSHOT("frameline snap") {
    @Override
    Collection<String> notConstant() {
      return List.of();
    }

    @Override
    String title(String source) {
      return "Snapshot";
    }

    @Override
    String pixelFormat(FrameHeader header) {
      return header.text(FrameHeader.PIXEL_FORMAT).orElse(null);
    }
  };

  private final String program;

  EntryContent(String program) {
    this.program = program;
  }

  /** Keys of a header that are not the same in all frames of a stream. */
  abstract Collection<String> notConstant();

  abstract String title(String source);

  /** Its PFNC name, or null where there is none. */
  abstract String pixelFormat(FrameHeader header);

  String interpretation(FrameHeader header) {
    return isColour(header) ? "rgb-image" : "image";
  }

  private static boolean isColour(FrameHeader header) {
    return FrameShape.find(header.shape()).map(FrameShape::hasAxis).orElse(false);
  }

  /**
   * What an entry says that begins with a frame of this header.
   *
   * @param version of the program
   * @param start when the entry begins
   */
  public EntryDescription describe(FrameHeader header, String version, Instant start) {
    Map<String, Object> attributes = header.attributes();
    // The writer's own, which a stranger's key of that name would double.
    attributes.remove(EntryNames.NX_CLASS);
    attributes.keySet().removeAll(notConstant());
    FileText.keepAttributeNames(attributes);
    String source = header.text(FrameHeader.SOURCE).orElse("unknown source");
    return new EntryDescription(
        title(source),
        header.shape(),
        header.type(),
        interpretation(header),
        source,
        pixelFormat(header),
        attributes,
        program,
        version,
        start);
  }
}
