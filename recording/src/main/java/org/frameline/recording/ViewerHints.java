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
    hints.add(attributes.of(EntryNames.INTERPRETATION, about.interpretation()));
    if (isColour(about)) {
      // Of HDF5's image specification, which every version of h5web knows.
      hints.add(attributes.of("CLASS", "IMAGE"));
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
    return "rgb-image".equals(about.interpretation());
  }
}
