package org.frameline.recording.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a recording go. Safe for one writing and one forcing thread. */
interface Disk extends Closeable {

  /** Writes all remaining bytes at a position. */
  void write(ByteBuffer bytes, long position) throws IOException;

  /** Writes all remaining bytes of the one at a position, and those of the other behind them. */
  default void write(ByteBuffer bytes, ByteBuffer behind, long position) throws IOException {
    long end = position + bytes.remaining();
    write(bytes, position);
    write(behind, end);
  }

  /** Returns when everything written so far is on the disk. */
  void force() throws IOException;

  long length() throws IOException;

  /** Cuts the file, or extends it without needing space for it. */
  void setLength(long length) throws IOException;
}
