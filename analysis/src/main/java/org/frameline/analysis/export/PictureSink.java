package org.frameline.analysis.export;

import java.io.Closeable;
import java.io.IOException;

/**
 * Where pictures go, one after the other. Closed before it is finished, it leaves no file that is
 * not whole. Used by one thread.
 */
interface PictureSink extends Closeable {
  /**
   * Takes a picture.
   *
   * @param row where its image is in the series
   * @throws IOException naming the file that cannot be written, of this picture or one before it
   */
  void add(int row, Picture picture) throws IOException;

  /** How many pictures are known to be where they belong. */
  long done();

  /**
   * Returns when all that were taken are where they belong.
   *
   * @throws IOException naming the file that cannot be written
   */
  void settle() throws IOException;

  /** All have come. */
  void finish() throws IOException;

  /** What was made, in words, once finished. */
  String summary();
}
