package org.frameline.recording.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.recording.EntryNames;
import org.frameline.recording.hdf5.Attributes;
import org.frameline.recording.hdf5.Datatype;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.MetadataImage;
import org.frameline.recording.hdf5.ObjectHeaders;
import org.frameline.recording.hdf5.Superblock;

/**
 * A group of a small HDF5 file that is written at once, such as the result of an analysis: further
 * groups, arrays, texts, attributes, and links into other files. The root group is what {@link
 * #write} writes. Not thread-safe.
 */
public final class ResultGroup {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Something with a name in a group. */
  private interface Member {
    /** Writes the data. */
    void writeData(Sink sink) throws IOException;

    /** Adds what is written once all data is there; the message that links to it. */
    HeaderMessage link(String name, MetadataImage image, Attributes attributes);
  }

  /** Where data goes, one array after the other. */
  private record Sink(FileChannel channel, ByteBuffer buffer) {
    long begin() throws IOException {
      long at = (channel.position() + 7) / 8 * 8;
      channel.position(at);
      return at;
    }

    void number(long bits) throws IOException {
      if (!buffer.hasRemaining()) {
        flush();
      }
      buffer.putLong(bits);
    }

    void flush() throws IOException {
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }
  }

  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private final Map<String, Member> members = new LinkedHashMap<>();

  /** An attribute: a String, Long, Integer, Double, Boolean, or list of Strings or Integers. */
  public ResultGroup attribute(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  /** A new group in this one. */
  public ResultGroup group(String name, String nxClass) {
    ResultGroup group = new ResultGroup().attribute(EntryNames.NX_CLASS, nxClass);
    members.put(name, group.new AsMember());
    return group;
  }

  /** A scalar text. */
  public ResultGroup text(String name, String value) {
    members.put(name, new Text(value));
    return this;
  }

  /**
   * An array of float64.
   *
   * @param values in C order; not to be changed before it is written
   * @param shape its dimensions
   * @return its attributes, to be added to
   */
  public ResultGroup numbers(String name, double[] values, int... shape) {
    Array array = new Array(Datatype.FLOAT64, shape, values.length, i -> doubleBits(values[i]));
    members.put(name, array);
    return array.about;
  }

  /** As {@link #numbers}, of int64. */
  public ResultGroup integers(String name, long[] values, int... shape) {
    Array array = new Array(Datatype.INT64, shape, values.length, i -> values[i]);
    members.put(name, array);
    return array.about;
  }

  /** A name for an object in another file, whose path may be relative to this file's folder. */
  public ResultGroup link(String name, String file, String object) {
    members.put(name, new Elsewhere(file, object));
    return this;
  }

  private static long doubleBits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  /**
   * Writes this group as the root of a file, which is there, whole, or not at all.
   *
   * @param creator program and version
   * @throws IOException when it cannot be written
   */
  public void write(Path file, String creator) throws IOException {
    attribute(EntryNames.CREATOR, creator);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.position(Superblock.BYTES);
      AsMember root = new AsMember();
      root.writeData(
          new Sink(
              channel, ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN)));
      writeTree(channel, root);
      channel.force(true);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  /** Attributes point to a heap whose place has to be known first: right behind the data. */
  private void writeTree(FileChannel channel, AsMember root) throws IOException {
    long base = (channel.position() + 7) / 8 * 8;
    Attributes encoded = new Attributes(base);
    MetadataImage sizes = new MetadataImage(base);
    root.place(sizes, encoded);
    byte[] heap = encoded.heap();
    MetadataImage image = new MetadataImage(base);
    image.place(heap);
    long rootAddress = root.place(image, new Attributes(base));
    write(channel, image.content(), base);
    write(channel, new Superblock(image.end(), rootAddress).encode(), 0);
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private List<HeaderMessage> attributeMessages(Attributes encoded) {
    List<HeaderMessage> messages = new ArrayList<>();
    attributes.forEach((name, value) -> messages.add(encoded.of(name, value)));
    return messages;
  }

  /** This group inside another, or as the root. */
  private final class AsMember implements Member {
    @Override
    public void writeData(Sink sink) throws IOException {
      for (Member member : members.values()) {
        member.writeData(sink);
      }
    }

    @Override
    public HeaderMessage link(String name, MetadataImage image, Attributes encoded) {
      return HeaderMessage.link(name, place(image, encoded));
    }

    private long place(MetadataImage image, Attributes encoded) {
      List<HeaderMessage> all = attributeMessages(encoded);
      members.forEach((name, member) -> all.add(member.link(name, image, encoded)));
      return image.place(ObjectHeaders.group(all.toArray(HeaderMessage[]::new)));
    }
  }

  private record Text(String value) implements Member {
    @Override
    public void writeData(Sink sink) {
      // It is in its header.
    }

    @Override
    public HeaderMessage link(String name, MetadataImage image, Attributes encoded) {
      return HeaderMessage.link(name, image.place(ObjectHeaders.text(value)));
    }
  }

  private record Elsewhere(String file, String object) implements Member {
    @Override
    public void writeData(Sink sink) {
      // It is somewhere else.
    }

    @Override
    public HeaderMessage link(String name, MetadataImage image, Attributes encoded) {
      return HeaderMessage.externalLink(name, file, object);
    }
  }

  /** Bits of one element. */
  @FunctionalInterface
  private interface Bits {
    long at(int index);
  }

  /** An array of 8-byte numbers, contiguous. */
  private static final class Array implements Member {
    private final ResultGroup about = new ResultGroup();
    private final byte[] datatype;
    private final int[] shape;
    private final int length;
    private final Bits bits;
    private long address = HeaderMessage.UNDEFINED;

    Array(byte[] datatype, int[] shape, int length, Bits bits) {
      this.datatype = datatype;
      this.shape = shape.clone();
      this.length = length;
      this.bits = bits;
      if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != length) {
        throw new IllegalArgumentException(
            "expected " + Arrays.toString(shape) + " numbers, found " + length);
      }
    }

    @Override
    public void writeData(Sink sink) throws IOException {
      if (length > 0) {
        address = sink.begin();
        for (int i = 0; i < length; i++) {
          sink.number(bits.at(i));
        }
        sink.flush();
      }
    }

    @Override
    public HeaderMessage link(String name, MetadataImage image, Attributes encoded) {
      HeaderMessage[] messages = about.attributeMessages(encoded).toArray(HeaderMessage[]::new);
      byte[] header =
          ObjectHeaders.contiguous(
              HeaderMessage.fixed(shape),
              datatype,
              HeaderMessage.contiguousLayout(address, (long) length * Long.BYTES),
              messages);
      return HeaderMessage.link(name, image.place(header));
    }
  }
}
