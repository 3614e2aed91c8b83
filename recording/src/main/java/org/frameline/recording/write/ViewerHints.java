package org.frameline.recording.write;

import java.util.ArrayList;
import java.util.List;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.EntryNames;
import org.frameline.recording.hdf5.Attributes;
import org.frameline.recording.hdf5.HeaderMessage;

/**
 * Attributes by which silx and h5web find out how to show an entry: colour pictures in colour,
 * spectra as pictures whose values are told apart. No state.
 */
final class ViewerHints {

  private ViewerHints() {}

  /** Attributes of the dataset with the frames. */
  static List<HeaderMessage> pixels(Attributes attributes, EntryDescription about) {
    if (about.interpretation() == null) {
      return List.of();
    }
    List<HeaderMessage> hints = new ArrayList<>();
    hints.add(attributes.of(EntryNames.INTERPRETATION, about.interpretation()));
    if (isColour(about)) {
      // Of HDF5's image specification, which every version of h5web knows.
      hints.add(attributes.of("CLASS", "IMAGE"));
    }
    return hints;
  }

  /** Attributes of the NXdata group: a scale for values, or silx keeps that of the file before. */
  static List<HeaderMessage> plot(Attributes attributes, EntryDescription about) {
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
