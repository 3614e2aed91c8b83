package org.frameline.recording.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.frameline.recording.stored.DamageException;

/**
 * Hands on what is found in one entry, but no more of a kind than somebody wants to read; the rest
 * is counted. Not thread-safe.
 */
final class Findings {

  private static final int MOST_OF_A_KIND = 5;
  private static final int MOST_MISSING = 20;

  private final String entry;
  private final Consumer<Finding> sink;
  private final List<Kind> kinds = new ArrayList<>();
  private final Kind missing = kind("runs of missing frames");
  private long damages;

  Findings(String entry, Consumer<Finding> sink) {
    this.entry = entry;
    this.sink = sink;
  }

  /** Findings that are alike. */
  final class Kind {
    private final String name;
    private Finding.Kind severity = Finding.Kind.WARNING;
    private long count;

    private Kind(String name) {
      this.name = name;
    }

    void damage(long frame, long address, String text) {
      damages++;
      report(Finding.Kind.DAMAGE, frame, address, text, MOST_OF_A_KIND);
    }

    void warning(long frame, long address, String text) {
      report(Finding.Kind.WARNING, frame, address, text, MOST_OF_A_KIND);
    }

    private void report(Finding.Kind how, long frame, long address, String text, int most) {
      severity = how;
      count++;
      if (count <= most) {
        sink.accept(new Finding(how, entry, frame, address, text));
      } else if (count == most + 1L) {
        kinds.add(this);
      }
    }

    private void tellRest(int most) {
      sink.accept(new Finding(severity, entry, -1, -1, (count - most) + " more " + name));
    }
  }

  Kind kind(String name) {
    return new Kind(name);
  }

  void missing(long first, long count) {
    String text = count == 1 ? "this frame is missing" : count + " frames are missing from here on";
    missing.report(Finding.Kind.MISSING, first, -1, text, MOST_MISSING);
  }

  /** Damage of which there is only one, with where it is if the failure knows. */
  void damage(Throwable failure) {
    damages++;
    long address = failure instanceof DamageException damage ? damage.address() : -1;
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    sink.accept(Finding.damage(entry, -1, address, text));
  }

  void warning(String text) {
    sink.accept(new Finding(Finding.Kind.WARNING, entry, -1, -1, text));
  }

  /** Says how many were left out. */
  void finish() {
    kinds.forEach(kind -> kind.tellRest(kind == missing ? MOST_MISSING : MOST_OF_A_KIND));
  }

  long damages() {
    return damages;
  }
}
