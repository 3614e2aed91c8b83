package org.frameline.recording.stored;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.recording.hdf5.Attributes;
import org.frameline.recording.hdf5.Dataspace;
import org.frameline.recording.hdf5.Datatype;
import org.frameline.recording.hdf5.HeaderMessage;

/**
 * Texts and truth values of a file: attributes, whose texts lie in global heaps (chapter III.E of
 * the HDF5 File Format Specification 3.0), and scalar datasets. Keeps the places of the objects of
 * one heap. Not thread-safe.
 */
public final class StoredTexts {

  private static final int ATTRIBUTE = 0x0C;
  private static final int LAYOUT = 0x08;
  private static final int PREFIX_BYTES = 16;
  private static final int MAX_HEAP_BYTES = 1 << 24;
  private static final int REFERENCE_BYTES = 16;

  private final StoredFile file;
  private final Map<Integer, Place> objects = new HashMap<>();
  private long heapAddress = HeaderMessage.UNDEFINED;

  public StoredTexts(StoredFile file) {
    this.file = file;
  }

  private record Attribute(
      String name, ByteBuffer datatype, ByteBuffer dataspace, ByteBuffer value) {

    boolean is(byte[] type) {
      return datatype.equals(ByteBuffer.wrap(type));
    }

    boolean isScalar() {
      return dataspace.equals(ByteBuffer.wrap(Dataspace.scalar()));
    }

    /** Its length as a list, or -1 when it is none. */
    int length() {
      int bytes = is(Datatype.TEXT) ? REFERENCE_BYTES : Long.BYTES;
      int length = value.remaining() / bytes;
      return dataspace.equals(ByteBuffer.wrap(Dataspace.vector(length))) ? length : -1;
    }
  }

  /** Where an object of a heap is in the file. */
  private record Place(long address, long size) {}

  /** That the texts of all attributes of an object are where they should be. */
  public void requireAttributes(StoredHeader header) throws IOException {
    for (HeaderMessage message : header.messages()) {
      if (message.type() == ATTRIBUTE) {
        Attribute attribute = attribute(header, message);
        if (attribute.is(Datatype.TEXT)) {
          textAt(header, attribute, 0);
        }
      }
    }
  }

  /**
   * The value of an attribute.
   *
   * @param type String, Boolean, Double or Long
   * @return empty when there is none of that name and type
   */
  public <T> Optional<T> value(StoredHeader header, String name, Class<T> type) throws IOException {
    for (HeaderMessage message : header.messages()) {
      if (message.type() == ATTRIBUTE) {
        Attribute attribute = attribute(header, message);
        if (attribute.name.equals(name)) {
          Object value = value(header, attribute);
          return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /**
   * All attributes as they were given to {@link Attributes}, in their order; what other programs
   * added in other types is left out.
   */
  public Map<String, Object> values(StoredHeader header) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (HeaderMessage message : header.messages()) {
      if (message.type() == ATTRIBUTE) {
        Attribute attribute = attribute(header, message);
        Object value = value(header, attribute);
        if (value != null) {
          values.put(attribute.name, value);
        }
      }
    }
    return values;
  }

  /** Names of all attributes of an object, in their order, as they are in the file. */
  public List<String> names(StoredHeader header) throws IOException {
    List<String> names = new ArrayList<>();
    for (HeaderMessage message : header.messages()) {
      if (message.type() == ATTRIBUTE) {
        names.add(attribute(header, message).name);
      }
    }
    return names;
  }

  private Object value(StoredHeader header, Attribute attribute) throws IOException {
    if (attribute.isScalar() && attribute.is(Datatype.TEXT)) {
      return string(header, attribute, 0);
    }
    if (attribute.isScalar() && attribute.is(Datatype.BOOLEAN)) {
      return attribute.value.get(0) != 0;
    }
    if (attribute.isScalar() && attribute.is(Datatype.FLOAT64)) {
      return attribute.value.getDouble(0);
    }
    if (attribute.isScalar() && attribute.is(Datatype.INT64)) {
      return attribute.value.getLong(0);
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < attribute.length(); i++) {
      if (attribute.is(Datatype.TEXT)) {
        list.add(string(header, attribute, i * REFERENCE_BYTES));
      } else if (attribute.is(Datatype.INT64)
          && attribute.value.getLong(i * Long.BYTES) == attribute.value.getInt(i * Long.BYTES)) {
        list.add(attribute.value.getInt(i * Long.BYTES));
      }
    }
    return !attribute.isScalar() && list.size() == attribute.length() ? list : null;
  }

  private String string(StoredHeader header, Attribute attribute, int at) throws IOException {
    Place text = textAt(header, attribute, at);
    ByteBuffer utf8 = file.read(text.address, (int) text.size, header.what());
    return StandardCharsets.UTF_8.decode(utf8).toString();
  }

  /** A scalar text inside its own header. */
  public String text(StoredHeader header) throws IOException {
    ByteBuffer layout = header.only(LAYOUT, "layout");
    if (layout.remaining() < 4 || layout.get() != 3 || layout.get() != 0) {
      throw new DamageException(
          header.address(), header.what() + ": expected a short text, found another layout");
    }
    byte[] text = new byte[Math.min(layout.getShort() & 0xFFFF, layout.remaining())];
    layout.get(text);
    return new String(text, StandardCharsets.UTF_8).replace("\0", "");
  }

  private static Attribute attribute(StoredHeader header, HeaderMessage message)
      throws IOException {
    ByteBuffer body = message.body();
    try {
      int version = body.get();
      body.get();
      int nameBytes = body.getShort() & 0xFFFF;
      int typeBytes = body.getShort() & 0xFFFF;
      int spaceBytes = body.getShort() & 0xFFFF;
      if (version == 3) {
        body.get();
      }
      byte[] name = new byte[nameBytes];
      body.get(name);
      ByteBuffer type = body.slice(body.position(), typeBytes);
      ByteBuffer space = body.slice(body.position() + typeBytes, spaceBytes);
      body.position(body.position() + typeBytes + spaceBytes);
      return new Attribute(
          withoutEnd(new String(name, StandardCharsets.UTF_8)),
          type,
          space,
          body.slice().order(body.order()));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new DamageException(header.address(), header.what() + ": an attribute is damaged");
    }
  }

  /** A NUL ends a name, and others fill it up; one in its middle belongs to it. */
  private static String withoutEnd(String name) {
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) == '\0') {
      end--;
    }
    return name.substring(0, end);
  }

  /** Where the text is to which an attribute refers {@code at} some byte of its value. */
  private Place textAt(StoredHeader header, Attribute attribute, int at) throws IOException {
    String what = header.what() + ", its attribute " + attribute.name;
    ByteBuffer reference = attribute.value;
    if (reference.remaining() < at + REFERENCE_BYTES) {
      throw new DamageException(header.address(), what + ": is damaged");
    }
    int size = reference.getInt(at);
    long address = reference.getLong(at + 4);
    if (size == 0) {
      return new Place(header.address(), 0);
    }
    if (address != heapAddress) {
      heapAddress = HeaderMessage.UNDEFINED;
      readHeap(address, what);
      heapAddress = address;
    }
    Place stored = objects.get(reference.getInt(at + 12));
    if (stored == null || stored.size != size) {
      throw new DamageException(
          address, what + ": expected a text of " + size + " bytes in the heap at " + address);
    }
    return stored;
  }

  private void readHeap(long address, String what) throws IOException {
    objects.clear();
    ByteBuffer prefix = file.read(address, PREFIX_BYTES, what);
    byte[] signature = new byte[4];
    prefix.get(signature);
    int version = prefix.get();
    long bytes = prefix.getLong(8);
    if (!"GCOL".equals(new String(signature, StandardCharsets.US_ASCII))
        || version != 1
        || bytes < PREFIX_BYTES
        || bytes > MAX_HEAP_BYTES) {
      throw new DamageException(address, what + ": expected a heap of texts at " + address);
    }
    ByteBuffer heap = file.read(address, (int) bytes, what);
    heap.position(PREFIX_BYTES);
    while (heap.remaining() >= PREFIX_BYTES) {
      int start = heap.position();
      int index = heap.getShort() & 0xFFFF;
      heap.position(start + 8);
      long size = heap.getLong();
      // The free space counts its own prefix; texts are filled up to a multiple of 8.
      long end = index == 0 ? start + size : start + PREFIX_BYTES + (size + 7) / 8 * 8;
      if (size < 0 || end <= start || end > bytes) {
        throw new DamageException(address + start, what + ": the heap of texts is damaged");
      }
      objects.put(index, new Place(address + start + PREFIX_BYTES, size));
      heap.position((int) end);
    }
  }
}
