package org.frameline.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a recording go. Safe for one writing and one forcing thread. */
interface RecordingOutput extends Closeable {

  /** Writes all remaining bytes at a position. */
  void write(ByteBuffer bytes, long position) throws IOException;

  /** Returns when everything written so far is on the disk. */
  void force() throws IOException;

  long length() throws IOException;

  /** Cuts the file, or extends it without needing space for it. */
  void setLength(long length) throws IOException;
}
