package org.frameline.recording.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.frameline.recording.FileText;

/** Object headers of datasets and groups. */
public final class ObjectHeaders {

  private ObjectHeaders() {}

  /** A dataset in chunks. */
  public static byte[] of(
      HeaderMessage space, byte[] datatype, HeaderMessage layout, HeaderMessage... more) {
    return dataset(space, datatype, HeaderMessage.Allocation.CHUNKED, layout, more);
  }

  /** A dataset in one piece. */
  public static byte[] contiguous(
      HeaderMessage space, byte[] datatype, HeaderMessage layout, HeaderMessage... more) {
    return dataset(space, datatype, HeaderMessage.Allocation.CONTIGUOUS, layout, more);
  }

  private static byte[] dataset(
      HeaderMessage space,
      byte[] datatype,
      HeaderMessage.Allocation allocation,
      HeaderMessage layout,
      HeaderMessage... more) {
    List<HeaderMessage> messages = new ArrayList<>();
    messages.add(space);
    messages.add(HeaderMessage.datatype(datatype));
    messages.add(HeaderMessage.fillValue(allocation));
    messages.add(layout);
    messages.addAll(List.of(more));
    return HeaderMessage.header(messages);
  }

  /** A scalar text, inside its own header. */
  public static byte[] text(String text, HeaderMessage... attributes) {
    byte[] utf8 = FileText.of(text).getBytes(StandardCharsets.UTF_8);
    // HDF5 has no text of length 0; NUL is the padding.
    byte[] value = utf8.length == 0 ? new byte[1] : utf8;
    byte[] datatype = Datatype.fixedText(value.length);
    return dataset(
        HeaderMessage.scalar(),
        datatype,
        HeaderMessage.Allocation.COMPACT,
        HeaderMessage.compactLayout(value),
        attributes);
  }

  /** A group of these links and attributes. */
  public static byte[] group(HeaderMessage... linksAndAttributes) {
    List<HeaderMessage> messages = new ArrayList<>();
    messages.add(HeaderMessage.linkInfo());
    messages.add(HeaderMessage.groupInfo());
    messages.addAll(List.of(linksAndAttributes));
    return HeaderMessage.header(messages);
  }
}
