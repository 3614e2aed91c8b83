package org.frameline.analysis.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.frameline.analysis.images.ChosenFrames;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.protocol.ElementType;

/** Looks for the lowest and the highest value in some of the images. Without state. */
final class LevelSearch {
  /** So many images are looked at, evenly spread. */
  static final int MOST_IMAGES = 32;

  private LevelSearch() {}

  /**
   * Looks.
   *
   * @param plane gives values of images of real or complex numbers; null for whole ones
   * @param chosen the images to choose from
   * @throws IOException when one cannot be read
   */
  static Levels in(FrameSeries series, ValuePlane plane, ChosenFrames chosen) throws IOException {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    ChosenFrames some = chosen.spread(MOST_IMAGES);
    for (int i = 0; i < some.count(); i++) {
      ByteBuffer image = series.values(some.row(i)).order(ByteOrder.LITTLE_ENDIAN);
      if (plane != null) {
        for (float value : plane.values(image)) {
          if (Float.isFinite(value)) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
          }
        }
      } else {
        boolean narrow = series.type() == ElementType.UINT8;
        while (image.hasRemaining()) {
          int value =
              narrow ? Byte.toUnsignedInt(image.get()) : Short.toUnsignedInt(image.getShort());
          lowest = Math.min(lowest, value);
          highest = Math.max(highest, value);
        }
      }
    }
    if (lowest < highest) {
      return Levels.given(lowest, highest);
    }
    // Images of one value alone are black.
    double only = lowest == highest ? lowest : 0;
    return Levels.given(only, only + Math.max(1, Math.abs(only)));
  }
}
