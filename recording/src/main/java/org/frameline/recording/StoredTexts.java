package org.frameline.recording;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Texts and truth values of a file: attributes, whose texts lie in global heaps (chapter III.E of
 * the HDF5 File Format Specification 3.0), and scalar datasets. Keeps the sizes of the objects of
 * one heap. Not thread-safe.
 */
final class StoredTexts {

  private static final int ATTRIBUTE = 0x0C;
  private static final int LAYOUT = 0x08;
  private static final int PREFIX_BYTES = 16;
  private static final int MAX_HEAP_BYTES = 1 << 24;
  private static final int REFERENCE_BYTES = 16;

  private final StoredFile file;
  private final Map<Integer, Long> sizes = new HashMap<>();
  private final Map<Integer, Integer> places = new HashMap<>();
  private long heapAddress = Message.UNDEFINED;

  StoredTexts(StoredFile file) {
    this.file = file;
  }

  private record Attribute(String name, ByteBuffer datatype, ByteBuffer value) {}

  /** That the texts of all attributes of an object are where they should be. */
  void requireAttributes(StoredHeader header) throws IOException {
    for (Message message : header.messages()) {
      if (message.type() == ATTRIBUTE) {
        Attribute attribute = attribute(header, message);
        if (attribute.datatype.equals(ByteBuffer.wrap(Datatype.TEXT))) {
          requireText(header, attribute);
        }
      }
    }
  }

  /** An attribute that is a truth value. */
  Optional<Boolean> flag(StoredHeader header, String name) throws IOException {
    for (Message message : header.messages()) {
      if (message.type() == ATTRIBUTE) {
        Attribute attribute = attribute(header, message);
        if (attribute.name.equals(name) && attribute.value.remaining() == 1) {
          return Optional.of(attribute.value.get(0) != 0);
        }
      }
    }
    return Optional.empty();
  }

  /** An attribute that is a number with a fraction. */
  OptionalDouble number(StoredHeader header, String name) throws IOException {
    for (Message message : header.messages()) {
      if (message.type() == ATTRIBUTE) {
        Attribute attribute = attribute(header, message);
        if (attribute.name.equals(name)
            && attribute.datatype.equals(ByteBuffer.wrap(Datatype.FLOAT64))
            && attribute.value.remaining() == Double.BYTES) {
          return OptionalDouble.of(attribute.value.getDouble(0));
        }
      }
    }
    return OptionalDouble.empty();
  }

  /** An attribute that is a text. */
  Optional<String> attribute(StoredHeader header, String name) throws IOException {
    for (Message message : header.messages()) {
      if (message.type() == ATTRIBUTE) {
        Attribute attribute = attribute(header, message);
        if (attribute.name.equals(name)
            && attribute.datatype.equals(ByteBuffer.wrap(Datatype.TEXT))) {
          requireText(header, attribute);
          int size = attribute.value.getInt(0);
          if (size == 0) {
            return Optional.of("");
          }
          long place = heapAddress + places.get(attribute.value.getInt(12));
          byte[] text = new byte[size];
          file.read(place, size, header.what() + ", its attribute " + name).get(text);
          return Optional.of(new String(text, StandardCharsets.UTF_8).replace("\0", ""));
        }
      }
    }
    return Optional.empty();
  }

  /** A scalar text inside its own header. */
  String text(StoredHeader header) throws IOException {
    ByteBuffer layout = header.only(LAYOUT, "layout");
    if (layout.remaining() < 4 || layout.get() != 3 || layout.get() != 0) {
      throw new DamageException(
          header.address(), header.what() + ": expected a short text, found another layout");
    }
    byte[] text = new byte[Math.min(layout.getShort() & 0xFFFF, layout.remaining())];
    layout.get(text);
    return new String(text, StandardCharsets.UTF_8).replace("\0", "");
  }

  private static Attribute attribute(StoredHeader header, Message message) throws IOException {
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
      body.position(body.position() + typeBytes + spaceBytes);
      String text = new String(name, StandardCharsets.UTF_8).replace("\0", "");
      return new Attribute(text, type, body.slice().order(body.order()));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new DamageException(header.address(), header.what() + ": an attribute is damaged");
    }
  }

  private void requireText(StoredHeader header, Attribute attribute) throws IOException {
    String what = header.what() + ", its attribute " + attribute.name;
    ByteBuffer reference = attribute.value;
    if (reference.remaining() < REFERENCE_BYTES) {
      throw new DamageException(header.address(), what + ": is damaged");
    }
    int size = reference.getInt(0);
    long address = reference.getLong(4);
    if (size == 0) {
      return;
    }
    if (address != heapAddress) {
      heapAddress = Message.UNDEFINED;
      readHeap(address, what);
      heapAddress = address;
    }
    Long stored = sizes.get(reference.getInt(12));
    if (stored == null || stored != size) {
      throw new DamageException(
          address, what + ": expected a text of " + size + " bytes in the heap at " + address);
    }
  }

  private void readHeap(long address, String what) throws IOException {
    sizes.clear();
    places.clear();
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
      sizes.put(index, size);
      places.put(index, start + PREFIX_BYTES);
      heap.position((int) end);
    }
  }
}
