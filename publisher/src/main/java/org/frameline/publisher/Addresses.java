package org.frameline.publisher;

import org.frameline.protocol.Endpoint;

/**
 * Where a publisher is reached. Immutable, validated.
 *
 * @param frames PUB endpoint
 * @param control control endpoint
 * @param history history endpoint, null for the usual one, or any when that is taken
 * @param advertise name or address under which others reach this machine, null for what is bound
 * @param discoverable whether the network is told of the stream
 */
record Addresses(
    Endpoint frames, Endpoint control, Endpoint history, String advertise, boolean discoverable) {
  private static final String USUAL_HISTORY_PORT = "5557";

  Addresses {
    if (advertise != null && advertised(advertise, "1").isEveryAddress()) {
      throw new IllegalArgumentException(
          "--advertise: expected the name or address by which others reach this machine, found "
              + advertise);
    }
    if (discoverable && !frames.host().equals(control.host())) {
      throw new IllegalArgumentException(
          "--discoverable: expected --bind and --control-bind at the same host, found "
              + frames.host()
              + " and "
              + control.host());
    }
  }

  /** Where the history is bound unless the user says otherwise: beside the control socket. */
  Endpoint usualHistory() {
    return new Endpoint(control.host(), USUAL_HISTORY_PORT);
  }

  /** What others are told of a socket that is bound here. */
  Endpoint announced(Endpoint bound) {
    return advertise == null ? bound : advertised(advertise, bound.port());
  }

  /** IPv6 addresses may have their brackets or not. */
  private static Endpoint advertised(String host, String port) {
    boolean isBare = host.contains(":") && !host.startsWith("[");
    try {
      return Endpoint.parse("tcp://" + (isBare ? "[" + host + "]" : host) + ":" + port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--advertise: expected a name or an address, found \"" + host + "\"", e);
    }
  }
}
