package org.frameline.recording;

import java.util.List;
import java.util.Map;
import org.frameline.protocol.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which names and texts a file can hold so that every HDF5 program reads them. To libhdf5 a text
 * ends with its first NUL: an attribute whose name has one in it cannot be opened, nor can those
 * beside it be listed. A text of Java may hold half a character, which is no UTF-8. Without state.
 */
public final class FileText {
  /** Stands for what a text cannot hold. */
  private static final char REPLACED = '\ufffd';

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_QUOTE = 80;
  private static final Logger LOG = LoggerFactory.getLogger(FileText.class);

  private FileText() {}

  /** Whether an attribute can have this name. */
  public static boolean isAttributeName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.codePoints().allMatch(FileText::isStorable);
  }

  /** Leaves out what cannot be an attribute, which is logged. */
  public static void keepAttributeNames(Map<String, Object> attributes) {
    List<String> left = attributes.keySet().stream().filter(it -> !isAttributeName(it)).toList();
    if (!left.isEmpty()) {
      attributes.keySet().removeAll(left);
      LOG.warn(
          "left out of the file: {} header keys that no HDF5 program could read, such as \"{}\"",
          left.size(),
          Printable.line(left.get(0), LONGEST_QUOTE));
    }
  }

  /** Whether a link can have this name, in which a slash or a dot alone would mean a path. */
  public static boolean isLinkName(String name) {
    return isAttributeName(name) && name.indexOf('/') < 0 && !name.equals(".");
  }

  /** The text with U+FFFD in the place of each NUL and each half of a character. */
  public static String of(String text) {
    if (text.codePoints().allMatch(FileText::isStorable)) {
      return text;
    }
    StringBuilder storable = new StringBuilder(text.length());
    text.codePoints()
        .map(character -> isStorable(character) ? character : REPLACED)
        .forEach(storable::appendCodePoint);
    return storable.toString();
  }

  private static boolean isStorable(int character) {
    return character != 0 && Character.getType(character) != Character.SURROGATE;
  }
}
