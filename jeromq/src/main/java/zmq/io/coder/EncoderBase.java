/*
 * This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of
 * the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.
 *
 * Derived from zmq/io/coder/EncoderBase.java of JeroMQ 0.6.0 (https://github.com/zeromq/jeromq),
 * whose authors its file AUTHORS names. Changed by the authors of Frameline, in 2026: it lets go of
 * messages that are encoded. Otherwise only the layout differs.
 */
package zmq.io.coder;

import java.nio.ByteBuffer;
import zmq.Msg;
import zmq.PooledMsg;
import zmq.util.Errno;
import zmq.util.ValueReference;

/**
 * Turns messages into bytes for a connection. Large ones are not copied: the connection writes them
 * out of their own memory, and asks for more when that is done. Only then is a message let go, so
 * that its memory can be used again.
 *
 * <p>Belongs to the I/O thread of its connection.
 */
public abstract class EncoderBase implements IEncoder {
  /** What is to be written next. */
  private ByteBuffer writeBuf;

  /** What comes after that. */
  private Runnable next;

  /** Whether a message ends with what is to be written. */
  private boolean newMsgFlag;

  private int toWrite;
  private final ByteBuffer buffer;
  private final int bufferSize;
  private boolean error;

  /** The message that is being encoded, or null. */
  protected Msg inProgress;

  private final Errno errno;

  protected EncoderBase(Errno errno, int bufferSize) {
    this.errno = errno;
    this.bufferSize = bufferSize;
    buffer = ByteBuffer.allocateDirect(bufferSize);
  }

  @Override
  public final void loadMsg(Msg msg) {
    assert inProgress == null;
    inProgress = msg;
    next();
  }

  @Override
  public final int encode(ValueReference<ByteBuffer> data, int size) {
    int room = size;
    ByteBuffer buf = data.get();
    if (buf == null) {
      buf = buffer;
      room = bufferSize;
      buffer.clear();
    }
    if (inProgress == null) {
      return 0;
    }
    int pos = 0;
    buf.limit(buf.capacity());
    while (pos < room) {
      if (toWrite == 0) {
        if (newMsgFlag) {
          // The connection has taken what was written out of the message's own memory, or it would
          // not ask for more.
          PooledMsg.letGo(inProgress);
          inProgress = null;
          break;
        }
        next();
      }
      if (pos == 0 && data.get() == null && toWrite >= room) {
        return encodeInPlace(data);
      }
      pos += copy(buf, Math.min(toWrite, room - pos));
    }
    data.set(buf);
    return pos;
  }

  /** There is more than a buffer full, which is not copied. */
  private int encodeInPlace(ValueReference<ByteBuffer> data) {
    int bytes = toWrite;
    writeBuf.limit(writeBuf.capacity());
    data.set(writeBuf);
    writeBuf = null;
    toWrite = 0;
    return bytes;
  }

  private int copy(ByteBuffer to, int most) {
    int limit = writeBuf.limit();
    int start = to.position();
    writeBuf.limit(Math.min(writeBuf.capacity(), writeBuf.position() + most));
    to.put(writeBuf);
    writeBuf.limit(limit);
    int copied = to.position() - start;
    toWrite -= copied;
    return copied;
  }

  @Override
  public void encoded() {
    buffer.flip();
  }

  protected void encodingError() {
    error = true;
  }

  public final boolean isError() {
    return error;
  }

  protected void next() {
    if (next != null) {
      next.run();
    }
  }

  protected void nextStep(Msg msg, Runnable state, boolean beginning) {
    if (msg == null) {
      initStep(state, beginning);
    } else {
      ByteBuffer buf = msg.buf();
      nextStep(buf, buf.limit(), state, beginning);
    }
  }

  protected void initStep(Runnable state, boolean beginning) {
    writeBuf = null;
    toWrite = 0;
    next = state;
    newMsgFlag = beginning;
  }

  protected void nextStep(ByteBuffer buf, int bytes, Runnable state, boolean beginning) {
    buf.limit(bytes);
    buf.position(bytes);
    buf.flip();
    writeBuf = buf;
    toWrite = bytes;
    next = state;
    newMsgFlag = beginning;
  }

  public int errno() {
    return errno.get();
  }

  public void errno(int err) {
    errno.set(err);
  }

  @Override
  public void destroy() {}
}
