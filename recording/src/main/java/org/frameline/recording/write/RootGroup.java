package org.frameline.recording.write;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.frameline.recording.EntryNames;
import org.frameline.recording.hdf5.Attributes;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.MetadataImage;

/**
 * The root group: its attributes, and hard links to all entries that are complete. Guarded by the
 * writer's lock.
 */
final class RootGroup {

  private final List<HeaderMessage> messages;
  private final List<String> names;

  /** Continues a root group that consists of these messages and links these names. */
  RootGroup(List<HeaderMessage> messages, List<String> names) {
    this.messages = new ArrayList<>(messages);
    this.names = new ArrayList<>(names);
  }

  /** Writes what a new root group needs into the body of the file. */
  static RootGroup create(FileBody file, String creator, Instant now) throws IOException {
    MetadataImage image = file.imageAtEnd();
    Attributes attributes = new Attributes(image.base());
    List<HeaderMessage> messages = new ArrayList<>();
    messages.add(HeaderMessage.linkInfo());
    messages.add(HeaderMessage.groupInfo());
    messages.add(attributes.of(EntryNames.NX_CLASS, "NXroot"));
    messages.add(attributes.of(EntryNames.DEFAULT, EntryNames.FIRST));
    messages.add(attributes.of(EntryNames.CREATOR, creator));
    messages.add(attributes.of(EntryNames.FILE_TIME, now.toString()));
    image.place(attributes.heap());
    file.take(image);
    file.write(image.content(), image.base());
    return new RootGroup(messages, List.of());
  }

  /** The first of {@code entry}, {@code entry_2}, {@code entry_3} ... that is free. */
  String freeName(Set<String> alsoTaken) {
    String name = EntryNames.FIRST;
    for (int number = 2; names.contains(name) || alsoTaken.contains(name); number++) {
      name = EntryNames.entry(number);
    }
    return name;
  }

  /** Keeps an entry that is complete. */
  void keep(String name, long address) {
    names.add(name);
    messages.add(HeaderMessage.link(name, address));
  }

  /** Places the group with one further entry, and returns its address. */
  long place(MetadataImage image, String entry, long entryAddress) {
    List<HeaderMessage> all = new ArrayList<>(messages);
    all.add(HeaderMessage.link(entry, entryAddress));
    return image.place(HeaderMessage.header(all));
  }
}
