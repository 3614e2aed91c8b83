package org.frameline.publisher.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is wrong with the pictures of one source, counted. Not thread-safe. */
final class Damage {
  private final String label;
  private long lost;
  private long faulty;
  private String end;

  /** Nothing is wrong yet with what people call {@code label}. */
  Damage(String label) {
    this.label = label;
  }

  /** A picture, or a piece of one, could not be decoded and is left out. */
  void lostPicture() {
    lost++;
  }

  /** A picture came out with places that the decoder had to guess. */
  void faultyPicture() {
    faulty++;
  }

  /**
   * The input ends before its time.
   *
   * @param atS where, in seconds
   * @param lengthS how long it says it is, in seconds, or NaN
   */
  void breaksOff(double atS, double lengthS) {
    end =
        Double.isNaN(lengthS)
            ? String.format(Locale.ROOT, "it breaks off after %.1f s", atS)
            : String.format(Locale.ROOT, "it breaks off after %.1f of %.1f s", atS, lengthS);
  }

  /** One line for people, empty when nothing is wrong. */
  Optional<String> text() {
    List<String> faults = new ArrayList<>();
    if (lost > 0) {
      faults.add(lost + " pictures could not be decoded and are left out");
    }
    if (faulty > 0) {
      faults.add(faulty + " pictures were decoded with faults");
    }
    if (end != null) {
      faults.add(end);
    }
    return faults.isEmpty()
        ? Optional.empty()
        : Optional.of(label + " is damaged: " + String.join(", ", faults));
  }
}
