package org.frameline.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Object headers of datasets and groups. */
final class ObjectHeaders {

  private ObjectHeaders() {}

  /** A dataset in chunks. */
  static byte[] of(Message space, byte[] datatype, Message layout, Message... more) {
    return dataset(space, datatype, Message.Allocation.CHUNKED, layout, more);
  }

  /** A dataset in one piece. */
  static byte[] contiguous(Message space, byte[] datatype, Message layout, Message... more) {
    return dataset(space, datatype, Message.Allocation.CONTIGUOUS, layout, more);
  }

  private static byte[] dataset(
      Message space,
      byte[] datatype,
      Message.Allocation allocation,
      Message layout,
      Message... more) {
    List<Message> messages = new ArrayList<>();
    messages.add(space);
    messages.add(Message.datatype(datatype));
    messages.add(Message.fillValue(allocation));
    messages.add(layout);
    messages.addAll(List.of(more));
    return Message.header(messages);
  }

  /** A scalar text, inside its own header. */
  static byte[] text(String text, Message... attributes) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    // HDF5 has no text of length 0; NUL is the padding.
    byte[] value = utf8.length == 0 ? new byte[1] : utf8;
    byte[] datatype = Datatype.fixedText(value.length);
    return dataset(
        Message.scalar(),
        datatype,
        Message.Allocation.COMPACT,
        Message.compactLayout(value),
        attributes);
  }

  /** A group of these links and attributes. */
  static byte[] group(Message... linksAndAttributes) {
    List<Message> messages = new ArrayList<>();
    messages.add(Message.linkInfo());
    messages.add(Message.groupInfo());
    messages.addAll(List.of(linksAndAttributes));
    return Message.header(messages);
  }
}
