package org.frameline.recording.images;

import io.jhdf.AbstractNode;
import io.jhdf.api.Dataset;
import io.jhdf.object.message.FillValueMessage;
import java.nio.ByteBuffer;

/** What the elements of a dataset are that nobody has written, as HDF5 has it. Without state. */
final class FillValue {
  private FillValue() {}

  /** So many bytes of it, as they would be stored; zeros where the file says nothing else. */
  static ByteBuffer repeated(Dataset data, int bytes) {
    ByteBuffer filled = ByteBuffer.allocate(bytes);
    byte[] element = element(data);
    if (element.length == data.getDataType().getSize()) {
      while (filled.remaining() >= element.length) {
        filled.put(element);
      }
    }
    return filled.clear();
  }

  /** jhdf's own {@code getFillValue} widens it. */
  private static byte[] element(Dataset data) {
    if (!(data instanceof AbstractNode node)
        || !node.getHeader().hasMessageOfType(FillValueMessage.class)) {
      return new byte[0];
    }
    FillValueMessage message = node.getHeader().getMessageOfType(FillValueMessage.class);
    if (!message.isFillValueDefined()) {
      return new byte[0];
    }
    ByteBuffer value = message.getFillValue().rewind();
    byte[] element = new byte[value.remaining()];
    value.get(element);
    return element;
  }
}
