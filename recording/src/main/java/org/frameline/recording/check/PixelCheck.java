package org.frameline.recording.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.frameline.recording.stored.StoredChunk;
import org.frameline.recording.stored.StoredDataset;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.StoredIndex;
import org.frameline.recording.stored.StoredRows;

/**
 * Reads every chunk of pixels, verifies its checksum, and inflates it where it is compressed,
 * through two small buffers. Without checksums, damage in pixels that are not compressed cannot be
 * seen. Used once, by one thread.
 */
final class PixelCheck {

  private static final int BUFFER_BYTES = 1 << 18;

  private final StoredFile file;
  private final StoredDataset data;
  private final StoredRows numbers;
  private final Findings.Kind bad;
  private final ByteBuffer input = ByteBuffer.allocate(BUFFER_BYTES);
  private final StoredChunk chunk;
  private final byte[] output = new byte[BUFFER_BYTES];

  /**
   * A check of {@code data}.
   *
   * @param numbers the frame numbers, to name a frame; null where they cannot be read
   */
  PixelCheck(StoredFile file, StoredDataset data, StoredRows numbers, Findings findings) {
    this.file = file;
    this.data = data;
    this.numbers = numbers;
    chunk = new StoredChunk(file, data, input);
    this.bad = findings.kind("damaged chunks");
  }

  void run(BooleanSupplier stop) throws IOException {
    StoredIndex index = new StoredIndex(file, data);
    Inflater inflater = new Inflater();
    try {
      while (!stop.getAsBoolean() && index.next()) {
        checkChunk(index, inflater);
      }
    } finally {
      inflater.end();
    }
  }

  private void checkChunk(StoredIndex index, Inflater inflater) {
    try {
      file.require(index.address(), index.size(), data.what());
      chunk.verify(index);
      if (data.deflated()) {
        inflate(index, inflater);
      }
    } catch (IOException | DataFormatException e) {
      long row = index.chunk() * data.rowsPerChunk();
      String why = e.getMessage() == null ? "its compressed data is cut short" : e.getMessage();
      bad.damage(
          frame(row),
          index.address(),
          "cannot read the chunk of rows "
              + row
              + " to "
              + (Math.min(row + data.rowsPerChunk(), data.rows()) - 1)
              + ": "
              + why);
    }
  }

  private long frame(long row) {
    try {
      if (numbers != null) {
        numbers.skipTo(row);
        return numbers.row() == row ? numbers.get(0) : -1;
      }
    } catch (IOException e) {
      return -1;
    }
    return -1;
  }

  private void inflate(StoredIndex index, Inflater inflater)
      throws IOException, DataFormatException {
    inflater.reset();
    long left = index.size() - data.checksum().bytes();
    long at = index.address();
    long inflated = 0;
    while (!inflater.finished() && inflated <= data.chunkBytes()) {
      if (inflater.needsInput()) {
        if (left == 0) {
          throw new DataFormatException("its compressed data is cut short");
        }
        int bytes = (int) Math.min(left, BUFFER_BYTES);
        file.fill(at, input.clear().limit(bytes), data.what());
        inflater.setInput(input.flip());
        at += bytes;
        left -= bytes;
      }
      inflated += inflater.inflate(output);
      if (inflater.needsDictionary()) {
        throw new DataFormatException("its compressed data asks for a dictionary");
      }
    }
    if (inflated != data.chunkBytes()) {
      throw new DataFormatException(
          "expected " + data.chunkBytes() + " bytes, inflated to " + inflated);
    }
  }
}
