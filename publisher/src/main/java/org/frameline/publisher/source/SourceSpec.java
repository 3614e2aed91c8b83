package org.frameline.publisher.source;

import java.util.function.BooleanSupplier;

/** Which source is meant, as written after {@code --source}. Immutable. */
public interface SourceSpec {

  /** What kind of source it is. */
  SourceKind kind();

  /** The spec as the user wrote it, without a password; this is what a header may carry. */
  String label();

  /**
   * Opens the source and, unless it is simulated, waits for its first picture, which tells the
   * size. The caller closes it.
   *
   * @param request what is asked of it
   * @param stopped ends all waiting, in opening and later, within a quarter of a second once it
   *     says true
   * @throws SourceException one line that says what is missing and what to do
   */
  FrameSource open(SourceRequest request, BooleanSupplier stopped) throws SourceException;
}
