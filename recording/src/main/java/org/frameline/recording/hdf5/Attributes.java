package org.frameline.recording.hdf5;

import java.util.List;
import org.frameline.recording.FileText;

/**
 * Encodes attributes, with their texts in one global heap that must be written to {@code
 * heapAddress} afterwards. Used by one thread.
 */
public final class Attributes {

  private final StringHeap heap;

  public Attributes(long heapAddress) {
    heap = new StringHeap(heapAddress);
  }

  /**
   * One attribute message.
   *
   * @param value a String, Integer, Long, Double, Boolean, or List of Integer or of String
   */
  public HeaderMessage of(String name, Object value) {
    byte[] scalar = Dataspace.scalar();
    if (value instanceof String text) {
      return HeaderMessage.attribute(name, Datatype.TEXT, scalar, heap.add(FileText.of(text)));
    }
    if (value instanceof Boolean flag) {
      byte[] bytes = {(byte) (flag ? 1 : 0)};
      return HeaderMessage.attribute(name, Datatype.BOOLEAN, scalar, bytes);
    }
    if (value instanceof Double number) {
      return HeaderMessage.attribute(
          name, Datatype.FLOAT64, scalar, new Bytes().f64(number).toArray());
    }
    if (value instanceof List<?> texts && !texts.isEmpty() && texts.get(0) instanceof String) {
      Bytes bytes = new Bytes();
      texts.forEach(text -> bytes.raw(heap.add(FileText.of((String) text))));
      return HeaderMessage.attribute(
          name, Datatype.TEXT, Dataspace.vector(texts.size()), bytes.toArray());
    }
    if (value instanceof List<?> list) {
      Bytes bytes = new Bytes();
      list.forEach(item -> bytes.u64((Integer) item));
      return HeaderMessage.attribute(
          name, Datatype.INT64, Dataspace.vector(list.size()), bytes.toArray());
    }
    long number = ((Number) value).longValue();
    return HeaderMessage.attribute(name, Datatype.INT64, scalar, new Bytes().u64(number).toArray());
  }

  /** The heap to be written once all attributes are encoded. */
  public byte[] heap() {
    return heap.toArray();
  }
}
