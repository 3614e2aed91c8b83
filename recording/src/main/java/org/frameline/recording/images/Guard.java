package org.frameline.recording.images;

import io.jhdf.exceptions.HdfFilterException;
import java.io.IOException;
import java.nio.file.Path;
import org.frameline.recording.stored.ReadChannel;

/**
 * What jhdf makes of a file that somebody else wrote, or that is damaged. It trusts what it reads:
 * how much memory a structure takes, how deep it is nested, which number stands for what. Whatever
 * it throws then, also an {@link Error}, becomes one {@link IOException}. Without state.
 */
final class Guard {
  private Guard() {}

  /** Something that jhdf does. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Does it.
   *
   * @throws IOException naming the file and what is wrong
   */
  static <T> T read(Path file, ReadChannel channel, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (HdfFilterException e) {
      throw ChunkFilters.unknown(file, e);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      String reason = channel.explain("is no HDF5 file that can be read: " + line(e));
      throw new IOException(file + ": " + reason, e);
    }
  }

  /**
   * Opens a file for {@link #read}.
   *
   * @throws IOException naming the file and what is wrong
   */
  static ReadChannel open(Path file) throws IOException {
    try {
      return new ReadChannel(file);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be opened: " + e.getMessage(), e);
    }
  }

  /** The first line of what went wrong. */
  static String line(Throwable e) {
    if (e instanceof OutOfMemoryError) {
      return "it asks for more memory than there is (" + e.getMessage() + ")";
    }
    if (e instanceof StackOverflowError) {
      return "it is nested too deeply";
    }
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().lines().findFirst().orElse("");
  }

  /**
   * That something of a size that a file asks for fits into memory, with room for what is made of
   * it.
   *
   * @param what names it
   */
  static void requireRoom(String what, long bytes) throws IOException {
    long most = Runtime.getRuntime().maxMemory() / 2;
    if (bytes > most) {
      throw new IOException(
          String.format(
              "expected %s of at most %d bytes, half of the memory of Java, found %d",
              what, most, bytes));
    }
  }
}
