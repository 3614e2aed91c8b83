package org.frameline.recording.stored;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.recording.hdf5.HeaderMessage;

/**
 * The messages of one version 2 object header in a file, after chapter IV.A.1.b of the HDF5 File
 * Format Specification 3.0. Every block's checksum was right. Immutable.
 *
 * @param address where it is
 * @param what names it in an error
 * @param messages in their order
 */
public record StoredHeader(long address, String what, List<HeaderMessage> messages) {

  private static final int MAX_BYTES = 1 << 20;
  private static final int LONGEST_PREFIX = 34;
  private static final int CHECKSUM_BYTES = 4;
  private static final int MAX_BLOCKS = 64;

  public static StoredHeader read(StoredFile file, long address, String what) throws IOException {
    try {
      return new StoredHeader(address, what, new Parser(file, what).header(address));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new DamageException(address, what + ": its header at " + address + " is damaged");
    }
  }

  /** The body of the only message of a type. */
  ByteBuffer only(int type, String name) throws DamageException {
    ByteBuffer found = null;
    for (HeaderMessage message : messages) {
      if (message.type() == type) {
        found = message.body();
      }
    }
    if (found == null) {
      throw new DamageException(address, what + ": expected a " + name + ", found none");
    }
    return found;
  }

  boolean has(int type) {
    return messages.stream().anyMatch(message -> message.type() == type);
  }

  /** Hard links by name. */
  public Map<String, Long> links() throws DamageException {
    Map<String, Long> links = new LinkedHashMap<>();
    try {
      for (HeaderMessage message : messages) {
        if (message.type() == HeaderMessage.LINK_INFO && !linksAreMessages(message.body())) {
          throw new DamageException(
              address, what + ": another program has rewritten this group's links");
        }
        if (message.type() == HeaderMessage.LINK) {
          addLink(message.body(), links);
        }
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new DamageException(address, what + ": a link is damaged");
    }
    return links;
  }

  /**
   * What a group links to.
   *
   * @throws IOException when there is no such link, or nothing sound at its end
   */
  public StoredHeader child(StoredFile file, String name) throws IOException {
    Map<String, Long> links = links();
    Long target = links.get(name);
    if (target == null) {
      throw new DamageException(address, what + ": expected " + name + ", found " + links.keySet());
    }
    return read(file, target, what + "/" + name);
  }

  private static void addLink(ByteBuffer link, Map<String, Long> links) {
    link.get();
    int flags = link.get();
    int kind = (flags & 0x08) == 0 ? 0 : link.get();
    int skipped = ((flags & 0x04) == 0 ? 0 : 8) + ((flags & 0x10) == 0 ? 0 : 1);
    link.position(link.position() + skipped);
    byte[] name = new byte[(int) Math.min(link.limit(), sized(link, 1 << (flags & 3)))];
    link.get(name);
    if (kind == 0) {
      links.put(new String(name, StandardCharsets.UTF_8), link.getLong());
    }
  }

  /** Links are messages as long as there is no heap for them. */
  private static boolean linksAreMessages(ByteBuffer linkInfo) {
    int skipped = (linkInfo.get(1) & 1) == 0 ? 2 : 10;
    return linkInfo.getLong(skipped) == HeaderMessage.UNDEFINED;
  }

  private static long sized(ByteBuffer buffer, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (buffer.get() & 0xFFL) << (8 * i);
    }
    return value;
  }

  /** Follows the blocks of one header. */
  private static final class Parser {
    private final StoredFile file;
    private final String what;
    private final List<HeaderMessage> messages = new ArrayList<>();
    private int blocks;

    Parser(StoredFile file, String what) {
      this.file = file;
      this.what = what;
    }

    List<HeaderMessage> header(long address) throws IOException {
      ByteBuffer prefix = file.read(address, file.available(address, LONGEST_PREFIX), what);
      if (prefix.getInt() != ByteBuffer.wrap(bytes("OHDR")).order(ByteOrder.LITTLE_ENDIAN).getInt()
          || prefix.get() != 2) {
        throw new DamageException(
            address, what + ": expected a version 2 object header at " + address);
      }
      int flags = prefix.get();
      int skipped = ((flags & 0x20) == 0 ? 0 : 16) + ((flags & 0x10) == 0 ? 0 : 4);
      prefix.position(prefix.position() + skipped);
      long size = sized(prefix, 1 << (flags & 3));
      int start = prefix.position();
      block(address, "OHDR", start, start + size + CHECKSUM_BYTES, (flags & 0x04) == 0 ? 0 : 2);
      return List.copyOf(messages);
    }

    private void block(long address, String signature, int start, long bytes, int orderBytes)
        throws IOException {
      blocks++;
      if (bytes < start + CHECKSUM_BYTES || bytes > MAX_BYTES || blocks > MAX_BLOCKS) {
        throw new DamageException(
            address, what + ": expected a header below 1 MiB, found " + bytes + " bytes");
      }
      ByteBuffer block = file.read(address, (int) bytes, what);
      StoredFile.requireSound(block, signature, address, what);
      block.position(start).limit((int) bytes - CHECKSUM_BYTES);
      while (block.remaining() >= 4 + orderBytes) {
        int type = block.get() & 0xFF;
        byte[] body = new byte[block.getShort() & 0xFFFF];
        int flags = block.get() & 0xFF;
        block.position(block.position() + orderBytes);
        block.get(body);
        if (type == HeaderMessage.CONTINUATION) {
          ByteBuffer where = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
          block(where.getLong(), "OCHK", 4, where.getLong(), orderBytes);
        } else if (type != 0) {
          messages.add(new HeaderMessage(type, flags, body));
        }
      }
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
