package org.frameline.endtoend;

import org.frameline.testing.FreePorts;

/** One endpoint per socket of a pipeline, on free ports. */
record Endpoints(
    String frames,
    String control,
    String tasks,
    String results,
    String handshake,
    String recorderControl) {

  static Endpoints free() {
    return new Endpoints(
        FreePorts.endpoint(),
        FreePorts.endpoint(),
        FreePorts.endpoint(),
        FreePorts.endpoint(),
        FreePorts.endpoint(),
        FreePorts.endpoint());
  }
}
