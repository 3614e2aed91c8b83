package org.frameline.transfer;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.frameline.protocol.Printable;

/**
 * Which names of files go over the wire: those of files that lie directly in the folder, are not
 * hidden and are finished. Either side asks this of what the other says. Without state.
 */
final class FileName {
  /** What a file is called while it is fetched. */
  static final String PART = ".part";

  /** Most file systems take 255 bytes; a part's name is longer than the file's. */
  static final int LONGEST_BYTES = 255 - PART.length();

  private static final List<String> UNFINISHED = List.of(PART, ".new");
  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final String NOT_ON_WINDOWS = ":*?\"<>|";
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");
  private static final String NUMBERED_DEVICE = "(com|lpt)[0-9\u00b9\u00b2\u00b3]";

  /** More of a stranger's text is not shown. */
  private static final int LONGEST_SHOWN = 300;

  private FileName() {}

  /** A name, or what else the other side says, for people: harmless, and not too long. */
  static String shown(String text) {
    return Printable.line(text, LONGEST_SHOWN);
  }

  /** Whether a file of this name may be asked for, served, and made. */
  static boolean isAllowed(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return !name.isEmpty()
        && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES
        && name.charAt(0) != '.'
        && name.indexOf('/') < 0
        && name.indexOf('\\') < 0
        && Printable.isPlain(name)
        && UNFINISHED.stream().noneMatch(small::endsWith)
        && (!WINDOWS || isAllowedOnWindows(small));
  }

  private static boolean isAllowedOnWindows(String small) {
    String stem = small.substring(0, small.indexOf('.') < 0 ? small.length() : small.indexOf('.'));
    return small.chars().noneMatch(c -> NOT_ON_WINDOWS.indexOf(c) >= 0)
        && !small.endsWith(".")
        && !small.endsWith(" ")
        && !DEVICES.contains(stem.strip())
        && !stem.strip().matches(NUMBERED_DEVICE);
  }
}
