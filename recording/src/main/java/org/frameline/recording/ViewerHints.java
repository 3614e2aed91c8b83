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
    String interpretation = about.interpretation();
    if (interpretation == null) {
      return List.of();
    }
    List<Message> hints = new ArrayList<>();
    if (interpretation.equals("rgb-image") || interpretation.equals("rgba-image")) {
      // The name that silx knows for three channels too: rgb-image only since 3.0. h5web knows it
      // since 17.0, and all versions of h5web know CLASS, which is of HDF5's image specification.
      hints.add(attributes.of("interpretation", "rgba-image"));
      hints.add(attributes.of("CLASS", "IMAGE"));
    } else {
      hints.add(attributes.of("interpretation", interpretation));
    }
    return hints;
  }

  /** Attributes of the NXdata group. */
  static List<Message> plot(Attributes attributes, EntryDescription about) {
    boolean wide =
        about.type().isComplex() || "power".equals(about.streamAttributes().get("output"));
    return wide
        ? List.of(attributes.of("SILX_style", "{\"signal_scale_type\": \"log\"}"))
        : List.of();
  }
}
