/*
 * This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of
 * the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.
 *
 * Derived from zmq/io/coder/Decoder.java of JeroMQ 0.6.0 (https://github.com/zeromq/jeromq), whose
 * authors its file AUTHORS names. Changed by the authors of Frameline, in 2026: what is refused.
 */
package zmq.io.coder;

import zmq.Msg;
import zmq.ZError;
import zmq.msg.MsgAllocator;
import zmq.util.Errno;

/**
 * Reads messages from a connection, and refuses those that are too large before there is any memory
 * for them. What it refuses ends the connection.
 *
 * <p>JeroMQ's own class looks at the size of each part only, so one message could have parts
 * without end, which wait in memory for the last one; and it takes a size of 2^63 and more for a
 * negative one, which is below every limit. Here all parts of a message together are limited, in
 * bytes and in number.
 *
 * <p>Belongs to the I/O thread of its connection.
 */
public abstract class Decoder extends DecoderBase {
  /** Parts of one message. */
  public static final int MOST_PARTS = 64;

  /** What topics, headers and addresses may take beside the part that the limit is for. */
  private static final long BESIDE = 1 << 20;

  /** What several smaller parts may take together, for each byte that one may. */
  private static final int TOGETHER = 2;

  protected final long maxmsgsize;

  /** The part that is being read, or was read last. */
  protected Msg inProgress;

  protected final Step oneByteSizeReady = this::oneByteSizeReady;
  protected final Step eightByteSizeReady = this::eightByteSizeReady;
  protected final Step flagsReady = this::flagsReady;
  protected final Step messageReady = this::partReady;
  private final MsgAllocator allocator;

  /** Of the message whose last part is still to come. */
  private int parts;

  private long bytes;

  public Decoder(Errno errno, int bufsize, long maxmsgsize, MsgAllocator allocator) {
    super(errno, bufsize);
    this.maxmsgsize = maxmsgsize;
    this.allocator = allocator;
  }

  protected final Step.Result sizeReady(long size) {
    if (size < 0 || size > Integer.MAX_VALUE || isTooMuch(size)) {
      errno(ZError.EMSGSIZE);
      return Step.Result.ERROR;
    }
    try {
      inProgress = allocate((int) size);
      return Step.Result.MORE_DATA;
    } catch (OutOfMemoryError e) {
      // Only this connection asked for it; what it has brought so far goes with it.
      errno(ZError.EMSGSIZE);
      return Step.Result.ERROR;
    }
  }

  private boolean isTooMuch(long size) {
    return parts >= MOST_PARTS
        || (maxmsgsize >= 0
            && (size > maxmsgsize || bytes + size > TOGETHER * maxmsgsize + BESIDE));
  }

  private Step.Result partReady() {
    if (inProgress.hasMore()) {
      parts++;
      bytes += inProgress.size();
    } else if (!inProgress.isCommand()) {
      parts = 0;
      bytes = 0;
    }
    return messageReady();
  }

  protected Msg allocate(int size) {
    return allocator.allocate(size);
  }

  protected Step.Result oneByteSizeReady() {
    throw new UnsupportedOperationException("Have you forgot to implement oneByteSizeReady ?");
  }

  protected Step.Result eightByteSizeReady() {
    throw new UnsupportedOperationException("Have you forgot to implement eightByteSizeReady ?");
  }

  protected Step.Result flagsReady() {
    throw new UnsupportedOperationException("Have you forgot to implement flagsReady ?");
  }

  protected Step.Result messageReady() {
    throw new UnsupportedOperationException("Have you forgot to implement messageReady ?");
  }

  protected Step.Result messageIncomplete() {
    return Step.Result.MORE_DATA;
  }

  @Override
  public Msg msg() {
    return inProgress;
  }
}
