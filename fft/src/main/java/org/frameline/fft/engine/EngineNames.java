package org.frameline.fft.engine;

import java.util.Iterator;

/** The names of all engines, for help texts and completion. Without state. */
public final class EngineNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return FftEngines.all().names().iterator();
  }
}
