package org.frameline.recording.write;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A disk on which something else happens too. */
class TappedDisk implements Disk {
  private final Disk output;

  TappedDisk(Disk output) {
    this.output = output;
  }

  @Override
  public void write(ByteBuffer bytes, long position) throws IOException {
    output.write(bytes, position);
  }

  @Override
  public void force() throws IOException {
    output.force();
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
  public void close() throws IOException {
    output.close();
  }
}
