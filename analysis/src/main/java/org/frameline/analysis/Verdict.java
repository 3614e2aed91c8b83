package org.frameline.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.program.ExitCode;
import org.frameline.recording.check.Finding;
import org.frameline.recording.check.RecordingCheck;
import org.frameline.recording.check.RecordingCheck.State;

/**
 * What a check says about one file, in words and as exit code. Immutable.
 *
 * @param file the file
 * @param result what was found
 */
record Verdict(Path file, RecordingCheck.Result result) {

  /** One finding as one line. */
  static String line(Path file, Finding finding) {
    StringBuilder line = new StringBuilder(file + ": " + word(finding.kind()) + ": ");
    if (!finding.entry().isEmpty()) {
      line.append(finding.entry()).append(": ");
    }
    if (finding.frame() >= 0) {
      line.append("frame ").append(finding.frame()).append(": ");
    }
    line.append(finding.text());
    if (finding.address() >= 0) {
      line.append(" (at byte ").append(finding.address()).append(')');
    }
    return line.toString();
  }

  private static String word(Finding.Kind kind) {
    return switch (kind) {
      case DAMAGE -> "damaged";
      case MISSING -> "missing";
      case WARNING -> "warning";
    };
  }

  /**
   * 1 for damage, 3 where frames are or may be missing, or others meddled, 0 for a complete
   * recording.
   */
  int exitCode() {
    if (result.damages() > 0 || result.stopped()) {
      return ExitCode.FAILED;
    }
    boolean lacking =
        result.missing() > 0 || result.strange() > 0 || result.state() == State.INTERRUPTED;
    return lacking ? ExitCode.FRAMES_MISSING : ExitCode.DONE;
  }

  /** The summary line. */
  String summary() {
    if (result.entries() == 0) {
      return file + ": no recording that can be read";
    }
    List<String> facts = new ArrayList<>();
    facts.add(result.entries() == 1 ? "1 entry" : result.entries() + " entries");
    facts.add(result.frames() + " frames");
    facts.add(result.missing() + " missing");
    if (result.outages() > 0) {
      facts.add("the camera was gone " + result.outages() + " times");
    }
    if (result.damages() > 0) {
      facts.add(result.damages() + (result.damages() == 1 ? " fault" : " faults"));
    }
    if (result.strange() > 0) {
      facts.add(result.strange() + " strange");
    }
    facts.add(result.state().words());
    if (result.unprotected() > 0) {
      facts.add(
          result.unprotected() == result.entries()
              ? "no checksums"
              : "no checksums in "
                  + result.unprotected()
                  + (result.unprotected() == 1 ? " entry" : " entries"));
    }
    if (result.tailBytes() > 0) {
      facts.add(result.tailBytes() + " bytes behind the last checkpoint, which readers ignore");
    }
    if (result.stopped()) {
      facts.add("the check was stopped before its end");
    }
    return file + ": " + verdict() + ": " + String.join(", ", facts);
  }

  private String verdict() {
    if (result.entries() == 0) {
      return "no recording";
    }
    if (result.damages() > 0) {
      return "damaged";
    }
    if (result.stopped()) {
      return "not checked to the end";
    }
    if (result.missing() > 0) {
      return "readable, frames are missing";
    }
    if (result.state() != State.INTERRUPTED && result.strange() > 0) {
      return "readable, but disturbed while it was written";
    }
    return result.state() == State.INTERRUPTED
        ? "readable, what came after the last checkpoint is missing"
        : result.state() == State.BEING_WRITTEN ? "complete so far" : "complete";
  }

  /** For {@code --report}. */
  Map<String, Object> toReport() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", file.toString());
    fields.put("verdict", verdict());
    fields.put("state", result.state().words());
    fields.put("entries", result.entries());
    fields.put("frames", result.frames());
    fields.put("missing", result.missing());
    fields.put("outages", result.outages());
    fields.put("strange", result.strange());
    fields.put("faults", result.damages());
    fields.put("entries_without_checksums", result.unprotected());
    fields.put("tail_bytes", result.tailBytes());
    return fields;
  }
}
