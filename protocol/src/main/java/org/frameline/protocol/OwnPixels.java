package org.frameline.protocol;

import java.nio.ByteBuffer;

/** Pixels in memory of this process. */
record OwnPixels(ByteBuffer memory) implements FramePixels {
  @Override
  public boolean isInRing() {
    return false;
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public int bytes() {
    return memory.remaining();
  }

  @Override
  public ByteBuffer pixels() {
    return memory.duplicate().order(memory.order());
  }

  @Override
  public boolean copyTo(ByteBuffer destination) {
    destination.duplicate().put(memory.duplicate());
    return true;
  }
}
