package org.frameline.recording.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;

/**
 * One message of an HDF5 object header, encoded after chapter IV.A.2 of the HDF5 File Format
 * Specification 3.0. Our own bytes rather than jhdf's message classes, because those write neither
 * maximum dimensions, nor variable-length strings, nor a B-tree as chunk index.
 */
public final class HeaderMessage {

  public static final long UNDEFINED = -1L;
  public static final int LINK_INFO = 0x02;
  public static final int LINK = 0x06;
  public static final int CONTINUATION = 0x10;

  public static final int FILTERS = 0x0B;
  static final int ATTRIBUTE = 0x0C;

  private static final int CONSTANT = 1;
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int OPTIONAL = 1;
  private static final int GZIP_LEVEL = 1;
  private static final int MOST_LINKS = 1000;

  private final int type;
  private final int flags;
  private final byte[] body;

  /**
   * A message as it stands in a header.
   *
   * @param type number of the message type
   * @param flags 1 where the message never changes
   * @param body its bytes, which nobody changes any more
   */
  public HeaderMessage(int type, int flags, byte[] body) {
    this.type = type;
    this.flags = flags;
    this.body = body;
  }

  public int type() {
    return type;
  }

  public ByteBuffer body() {
    return ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
  }

  static HeaderMessage scalar() {
    return new HeaderMessage(0x01, 0, Dataspace.scalar());
  }

  /** The first dimension can grow without limit, the others are fixed. */
  public static HeaderMessage growing(long... dimensions) {
    return new HeaderMessage(0x01, 0, Dataspace.growing(dimensions));
  }

  public static HeaderMessage fixed(int... dimensions) {
    return new HeaderMessage(0x01, 0, Dataspace.fixed(dimensions));
  }

  static HeaderMessage datatype(byte[] datatype) {
    return new HeaderMessage(0x03, CONSTANT, datatype);
  }

  /**
   * Zero as fill value, written when a library would allocate the data. That time belongs to the
   * layout: h5repack gives up on a file where they do not go together.
   */
  static HeaderMessage fillValue(Allocation allocation) {
    return new HeaderMessage(
        0x05, CONSTANT, new Bytes().u8(3).u8(0x08 | allocation.bits).toArray());
  }

  /** When a library that makes such a dataset allocates its data. */
  enum Allocation {
    COMPACT(1),
    CONTIGUOUS(2),
    CHUNKED(3);

    private final int bits;

    Allocation(int bits) {
      this.bits = bits;
    }
  }

  /** Data inside the header itself, for small scalars. */
  static HeaderMessage compactLayout(byte[] data) {
    return new HeaderMessage(0x08, 0, new Bytes().u8(3).u8(0).u16(data.length).raw(data).toArray());
  }

  /** All elements in one piece; the address is {@link #UNDEFINED} when there are none. */
  public static HeaderMessage contiguousLayout(long address, long bytes) {
    return new HeaderMessage(0x08, 0, new Bytes().u8(3).u8(1).u64(address).u64(bytes).toArray());
  }

  /**
   * Chunks found through a version 2 B-tree.
   *
   * @param chunk chunk shape in elements
   * @param indexAddress the B-tree's header, or {@link #UNDEFINED} while there is no chunk
   */
  public static HeaderMessage chunkedLayout(
      int[] chunk, int elementBytes, int nodeBytes, long indexAddress) {
    // libhdf5 2.0 rejects any other width than the one its H5D__chunk_set_sizes computes.
    int longest = Math.max(elementBytes, Arrays.stream(chunk).max().orElseThrow());
    int width = (31 - Integer.numberOfLeadingZeros(longest) + 8) / 8;
    Bytes bytes = new Bytes().u8(4).u8(2).u8(0).u8(chunk.length + 1).u8(width);
    for (int length : chunk) {
      bytes.sized(length, width);
    }
    bytes.sized(elementBytes, width).u8(5);
    bytes.u32(nodeBytes).u8(ChunkIndex.SPLIT_PERCENT).u8(ChunkIndex.MERGE_PERCENT);
    return new HeaderMessage(0x08, 0, bytes.u64(indexAddress).toArray());
  }

  /** The filters in the order in which they are applied; empty where there are none. */
  public static Optional<HeaderMessage> filters(
      Compression compression, Checksum checksum, int elementBytes) {
    Bytes filters = new Bytes();
    int count = 0;
    if (compression == Compression.GZIP) {
      filters.u16(SHUFFLE).u16(OPTIONAL).u16(1).u32(elementBytes);
      filters.u16(DEFLATE).u16(OPTIONAL).u16(1).u32(GZIP_LEVEL);
      count += 2;
    }
    if (checksum == Checksum.FLETCHER32) {
      filters.u16(FLETCHER32).u16(0).u16(0);
      count++;
    }
    byte[] body = new Bytes().u8(2).u8(count).raw(filters.toArray()).toArray();
    return count == 0 ? Optional.empty() : Optional.of(new HeaderMessage(FILTERS, CONSTANT, body));
  }

  /** Says that the links of a group are messages of its header. */
  public static HeaderMessage linkInfo() {
    byte[] body = new Bytes().u8(0).u8(0).u64(UNDEFINED).u64(UNDEFINED).toArray();
    return new HeaderMessage(LINK_INFO, 0, body);
  }

  /**
   * Says that links stay messages of the header, also when another program adds some: with its
   * default of 8, libhdf5 would move them into a heap.
   */
  public static HeaderMessage groupInfo() {
    byte[] body = new Bytes().u8(0).u8(1).u16(MOST_LINKS).u16(MOST_LINKS - 1).toArray();
    return new HeaderMessage(0x0A, CONSTANT, body);
  }

  /** A hard link: a name for the object whose header is at an address. */
  public static HeaderMessage link(String name, long address) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    Bytes bytes = new Bytes().u8(1).u8(0x11).u8(1).u16(text.length).raw(text).u64(address);
    return new HeaderMessage(LINK, 0, bytes.toArray());
  }

  /** A name for an object in another file. */
  public static HeaderMessage externalLink(String name, String file, String object) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] target = new Bytes().u8(0).text(file).u8(0).text(object).u8(0).toArray();
    Bytes bytes = new Bytes().u8(1).u8(0x19).u8(64).u8(1).u16(text.length).raw(text);
    return new HeaderMessage(LINK, 0, bytes.u16(target.length).raw(target).toArray());
  }

  /**
   * How many names an object has, where it is not one. Without it a program that deletes one of the
   * names would delete the object.
   */
  public static HeaderMessage references(int count) {
    return new HeaderMessage(0x16, 0, new Bytes().u8(0).u32(count).toArray());
  }

  static HeaderMessage attribute(String name, byte[] datatype, byte[] dataspace, byte[] value) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    Bytes bytes = new Bytes().u8(3).u8(0);
    bytes.u16(text.length + 1).u16(datatype.length).u16(dataspace.length).u8(1);
    bytes.raw(text).u8(0).raw(datatype).raw(dataspace).raw(value);
    return new HeaderMessage(ATTRIBUTE, 0, bytes.toArray());
  }

  /** A version 2 object header of these messages. */
  public static byte[] header(List<HeaderMessage> messages) {
    Bytes body = new Bytes();
    for (HeaderMessage message : messages) {
      if (message.body.length > 0xFFFF) {
        throw new IllegalArgumentException(
            "expected an HDF5 header message below 64 KiB, found " + message.body.length);
      }
      body.u8(message.type).u16(message.body.length).u8(message.flags).raw(message.body);
    }
    Bytes header = new Bytes().text("OHDR").u8(2).u8(0x02).u32(body.size()).raw(body.toArray());
    return header.checksum().toArray();
  }
}
