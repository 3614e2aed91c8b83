package org.frameline.recording;

import java.util.ArrayList;
import java.util.List;

/**
 * Attributes by which silx and h5web find out how to show an entry: colour pictures in colour,
 * spectra as pictures whose values are told apart. No state.
 */
final class ViewerHints {

  private ViewerHints() {}

  /** Attributes of the dataset with the frames. */
  static List<Message> pixels(Attributes attributes, EntryDescription about) {
    if (about.interpretation() == null) {
      return List.of();
    }
    List<Message> hints = new ArrayList<>();
    if (isColour(about)) {
      // The name that silx knows for three channels too: rgb-image only since 3.0. h5web knows it
      // since 17.0, and all versions of h5web know CLASS, which is of HDF5's image specification.
      hints.add(attributes.of("interpretation", "rgba-image"));
      hints.add(attributes.of("CLASS", "IMAGE"));
    } else {
      hints.add(attributes.of("interpretation", about.interpretation()));
    }
    return hints;
  }

  /** Attributes of the NXdata group: a scale for values, or silx keeps that of the file before. */
  static List<Message> plot(Attributes attributes, EntryDescription about) {
    if (isColour(about)) {
      return List.of();
    }
    boolean wide =
        about.type().isComplex() || "power".equals(about.streamAttributes().get("output"));
    String scale = wide ? "log" : "linear";
    return List.of(attributes.of("SILX_style", "{\"signal_scale_type\": \"" + scale + "\"}"));
  }

  private static boolean isColour(EntryDescription about) {
    return "rgb-image".equals(about.interpretation())
        || "rgba-image".equals(about.interpretation());
  }
}
