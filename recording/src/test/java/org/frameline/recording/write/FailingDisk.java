package org.frameline.recording.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk that fails from its n-th call on, once or for good, behind a cache as Linux has it: what
 * was written is kept until it is forced; a force that fails forgets it, and the next one succeeds
 * without it. A failing write is half done.
 */
final class FailingDisk implements Disk {

  private record Write(long position, ByteBuffer content) {}

  private final Disk output;
  private final boolean forGood;
  private final List<Write> cache = new ArrayList<>();
  private int callsLeft;

  FailingDisk(Disk output, int goodCalls, boolean forGood) {
    this.output = output;
    this.callsLeft = goodCalls;
    this.forGood = forGood;
  }

  private boolean fails() {
    callsLeft--;
    return forGood ? callsLeft < 0 : callsLeft == -1;
  }

  /** Whether it has failed yet. */
  synchronized boolean hasFailed() {
    return callsLeft < 0;
  }

  @Override
  public synchronized void write(ByteBuffer bytes, long position) throws IOException {
    boolean fails = fails();
    // A superblock lies in one sector, which a disk writes whole or not at all.
    int half = position == 0 ? 0 : bytes.remaining() / 2;
    ByteBuffer taken = bytes.slice(bytes.position(), fails ? half : bytes.remaining());
    cache.add(
        new Write(position, ByteBuffer.allocate(taken.remaining()).put(taken.duplicate()).flip()));
    if (fails) {
      throw new IOException("Input/output error");
    }
  }

  @Override
  public synchronized void force() throws IOException {
    if (fails()) {
      cache.clear();
      throw new IOException("Input/output error");
    }
    writeBack();
    output.force();
  }

  private void writeBack() throws IOException {
    for (Write write : cache) {
      output.write(write.content(), write.position());
    }
    cache.clear();
  }

  @Override
  public long length() throws IOException {
    return output.length();
  }

  @Override
  public void setLength(long length) throws IOException {
    output.setLength(length);
  }

  @Override
  public synchronized void close() throws IOException {
    writeBack();
    output.close();
  }
}
