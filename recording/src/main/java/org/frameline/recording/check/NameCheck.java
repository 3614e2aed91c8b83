package org.frameline.recording.check;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.frameline.protocol.Printable;
import org.frameline.recording.FileText;
import org.frameline.recording.stored.DamageException;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.StoredHeader;
import org.frameline.recording.stored.StoredTexts;

/**
 * Whether every name below an object is one that all HDF5 programs can read: a single attribute
 * whose name has a NUL in it keeps them from listing the others. Used once, by one thread.
 */
final class NameCheck {
  private static final int DEEPEST = 8;
  private static final int MOST_OBJECTS = 10_000;
  private static final int LONGEST_QUOTE = 80;

  private final StoredFile file;
  private final StoredTexts texts;
  private final Findings.Kind bad;
  private final Set<Long> seen = new HashSet<>();

  NameCheck(StoredFile file, StoredTexts texts, Findings findings) {
    this.file = file;
    this.texts = texts;
    bad = findings.kind("names that HDF5 programs cannot read");
  }

  /** An object and all that it links to, as far as it can be read: who needs it says the rest. */
  void all(StoredHeader object) throws IOException {
    all(object, 0);
  }

  private void all(StoredHeader object, int depth) throws IOException {
    try {
      one(object);
      for (Map.Entry<String, Long> link : object.links().entrySet()) {
        boolean isNew = seen.size() < MOST_OBJECTS && seen.add(link.getValue());
        if (isNew && depth < DEEPEST) {
          String what = object.what() + "/" + link.getKey();
          all(StoredHeader.read(file, link.getValue(), what), depth + 1);
        }
      }
    } catch (DamageException e) {
      // Perhaps it is somebody else's.
      return;
    }
  }

  /** The names that an object has itself. */
  void one(StoredHeader object) throws IOException {
    Set<String> attributes = new HashSet<>();
    for (String name : texts.names(object)) {
      if (!FileText.isAttributeName(name) || !attributes.add(name)) {
        damage(object, "an attribute", name);
      }
    }
    for (String name : object.links().keySet()) {
      if (!FileText.isLinkName(name)) {
        damage(object, "a link", name);
      }
    }
  }

  private void damage(StoredHeader object, String what, String name) {
    bad.damage(
        -1,
        object.address(),
        String.format(
            "%s: expected %s with a name of its own that HDF5 programs can read, found \"%s\"",
            object.what(), what, Printable.line(name, LONGEST_QUOTE)));
  }
}
