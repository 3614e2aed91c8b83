package org.frameline.ventilator;

import org.frameline.protocol.Dispatch;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StartFrom;

/**
 * What a ventilator shall do. Immutable, validated.
 *
 * @param connect the publisher's PUB endpoint
 * @param control the publisher's control endpoint
 * @param topic topic of the frames
 * @param from with which frame of a running stream to begin
 * @param bind where workers fetch their tasks
 * @param dispatch how they get them
 * @param controlBind the ventilator's own control endpoint
 * @param sink the sink's handshake endpoint
 * @param workers start when this many workers are ready
 * @param window how many frames may be with workers and not yet at the sink
 */
record VentilatorConfig(
    Endpoint connect,
    Endpoint control,
    String topic,
    StartFrom from,
    Endpoint bind,
    Dispatch dispatch,
    Endpoint controlBind,
    Endpoint sink,
    int workers,
    int window) {

  VentilatorConfig {
    if (workers < 1) {
      throw new IllegalArgumentException("--workers: expected 1 or more, found " + workers);
    }
    if (window < 1) {
      throw new IllegalArgumentException("--window: expected 1 or more, found " + window);
    }
  }
}
