package org.frameline.protocol.ring;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * A part of a file, mapped into memory for reading until it is closed, not until it is collected:
 * the memory of a ring whose file is gone is free again then.
 *
 * <p>It is to be handed to the system, as in {@link FileChannel#write}, and never read in Java:
 * when somebody has made the file shorter meanwhile, the system's answer is an {@link IOException},
 * but Java's an {@link InternalError}, which may come later than the access. Nothing may use the
 * memory after {@link #close}.
 */
final class Mapping implements AutoCloseable {
  /** Since then Java has a public way to end a mapping, and warns of the old one. */
  private static final int HAS_ARENAS = 22;

  private final ByteBuffer memory;
  private final AutoCloseable end;

  private Mapping(ByteBuffer memory, AutoCloseable end) {
    this.memory = memory.order(ByteOrder.LITTLE_ENDIAN);
    this.end = end;
  }

  /** Maps this many bytes, 2 GiB at most. */
  static Mapping of(FileChannel channel, long at, long bytes) throws IOException {
    try {
      return Runtime.version().feature() >= HAS_ARENAS
          ? inArena(channel, at, bytes)
          : untilCleaned(channel, at, bytes);
    } catch (ReflectiveOperationException e) {
      throw new IOException("cannot map a file: " + e, e);
    }
  }

  private static Mapping inArena(FileChannel channel, long at, long bytes)
      throws IOException, ReflectiveOperationException {
    Class<?> arenas = Class.forName("java.lang.foreign.Arena");
    AutoCloseable arena = (AutoCloseable) arenas.getMethod("ofShared").invoke(null);
    Method map = FileChannel.class.getMethod("map", MapMode.class, long.class, long.class, arenas);
    Object segment = map.invoke(channel, MapMode.READ_ONLY, at, bytes, arena);
    Method asBuffer = Class.forName("java.lang.foreign.MemorySegment").getMethod("asByteBuffer");
    return new Mapping((ByteBuffer) asBuffer.invoke(segment), arena);
  }

  private static Mapping untilCleaned(FileChannel channel, long at, long bytes)
      throws IOException, ReflectiveOperationException {
    Class<?> unsafe = Class.forName("sun.misc.Unsafe");
    Field one = unsafe.getDeclaredField("theUnsafe");
    one.setAccessible(true);
    Object instance = one.get(null);
    Method clean = unsafe.getMethod("invokeCleaner", ByteBuffer.class);
    ByteBuffer memory = channel.map(MapMode.READ_ONLY, at, bytes);
    return new Mapping(memory, () -> clean.invoke(instance, memory));
  }

  /** All its bytes, little endian. */
  ByteBuffer memory() {
    return memory;
  }

  @Override
  public void close() {
    try {
      end.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot end a mapping", e);
    }
  }
}
