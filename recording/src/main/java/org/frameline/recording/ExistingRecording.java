package org.frameline.recording;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file to append to, as far as appending needs it: the messages of its root group, which are kept
 * byte for byte, so that attributes and groups that others added survive.
 *
 * @param endOfFile what its superblock says
 * @param root its root group
 */
record ExistingRecording(long endOfFile, RootGroup root) {

  private static final int MAX_HEADER_BYTES = 1 << 20;

  static ExistingRecording read(FileChannel channel) throws IOException {
    try {
      return readRoot(channel);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new IOException("cannot append: the root group is damaged", e);
    }
  }

  private static ExistingRecording readRoot(FileChannel channel) throws IOException {
    Superblock superblock = Superblock.decode(read(channel, 0, Superblock.BYTES));
    List<Message> messages = new ArrayList<>();
    readHeader(channel, superblock.rootAddress(), messages);
    List<String> names = new ArrayList<>();
    for (Message message : messages) {
      if (message.type() == Message.LINK) {
        names.add(linkName(message.body()));
      }
      if (message.type() == Message.LINK_INFO && !linksAreMessages(message.body())) {
        throw new IOException(
            "cannot append: another program has rewritten the root group; record to a new file");
      }
    }
    return new ExistingRecording(superblock.endOfFile(), new RootGroup(messages, names));
  }

  private static void readHeader(FileChannel channel, long address, List<Message> messages)
      throws IOException {
    ByteBuffer prefix = read(channel, address, 64);
    if (!signature(prefix).equals("OHDR") || prefix.get() != 2) {
      throw new IOException("expected a version 2 object header at " + address);
    }
    int flags = prefix.get();
    int skipped = ((flags & 0x20) == 0 ? 0 : 16) + ((flags & 0x10) == 0 ? 0 : 4);
    prefix.position(prefix.position() + skipped);
    int messageBytes = checkedSize(sized(prefix, 1 << (flags & 3)));
    int orderBytes = (flags & 0x04) == 0 ? 0 : 2;
    long first = address + prefix.position();
    readMessages(channel, read(channel, first, messageBytes), orderBytes, messages);
  }

  private static void readMessages(
      FileChannel channel, ByteBuffer block, int orderBytes, List<Message> messages)
      throws IOException {
    while (block.remaining() >= 4 + orderBytes) {
      int type = block.get() & 0xFF;
      byte[] body = new byte[block.getShort() & 0xFFFF];
      int flags = block.get() & 0xFF;
      block.position(block.position() + orderBytes);
      block.get(body);
      if (type == Message.CONTINUATION) {
        ByteBuffer where = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer next = read(channel, where.getLong(), checkedSize(where.getLong()));
        if (!signature(next).equals("OCHK")) {
          throw new IOException("expected the continuation of an object header");
        }
        next.limit(next.limit() - 4);
        readMessages(channel, next, orderBytes, messages);
      } else if (type != 0) {
        messages.add(new Message(type, flags, body));
      }
    }
  }

  private static String linkName(ByteBuffer link) throws IOException {
    link.get();
    int flags = link.get();
    int skipped = (flags & 0x08) == 0 ? 0 : 1;
    skipped += (flags & 0x04) == 0 ? 0 : 8;
    skipped += (flags & 0x10) == 0 ? 0 : 1;
    link.position(link.position() + skipped);
    byte[] name = new byte[checkedSize(sized(link, 1 << (flags & 3)))];
    link.get(name);
    return new String(name, StandardCharsets.UTF_8);
  }

  /** Links are messages as long as there is no heap for them. */
  private static boolean linksAreMessages(ByteBuffer linkInfo) {
    int skipped = (linkInfo.get(1) & 1) == 0 ? 2 : 10;
    return linkInfo.getLong(skipped) == Message.UNDEFINED;
  }

  private static String signature(ByteBuffer block) {
    byte[] signature = new byte[4];
    block.get(signature);
    return new String(signature, StandardCharsets.US_ASCII);
  }

  private static long sized(ByteBuffer buffer, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (buffer.get() & 0xFFL) << (8 * i);
    }
    return value;
  }

  private static int checkedSize(long size) throws IOException {
    if (size < 0 || size > MAX_HEADER_BYTES) {
      throw new IOException("expected a header below 1 MiB, found " + size + " bytes");
    }
    return (int) size;
  }

  private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      // Reads on until there is enough or the file ends.
    }
    return buffer.flip();
  }
}
