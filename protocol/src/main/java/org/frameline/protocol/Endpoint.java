package org.frameline.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP endpoint as ZeroMQ writes it, {@code tcp://HOST:PORT}. Port {@code *} lets the system
 * choose when binding. Only tcp: JeroMQ's ipc does not talk to libzmq.
 */
public record Endpoint(String host, String port) {
  private static final Pattern TCP =
      Pattern.compile("tcp://(\\[[0-9a-fA-F:.]+]|[^:/\\s]+):(\\d{1,5}|\\*)");
  private static final int LARGEST_PORT = 65535;

  public Endpoint {
    if (!port.equals("*")
        && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > LARGEST_PORT)) {
      throw new IllegalArgumentException("expected a port from 1 to 65535 or *, found " + port);
    }
  }

  /**
   * Reads an endpoint.
   *
   * @throws IllegalArgumentException with one line saying what was expected
   */
  public static Endpoint parse(String text) {
    Matcher matcher = TCP.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected an endpoint such as tcp://127.0.0.1:5555, found \"" + text + "\"");
    }
    return new Endpoint(matcher.group(1), matcher.group(2));
  }

  /**
   * The same port as others reach it: an address that stands for all of a machine's is replaced.
   */
  public Endpoint reachedAt(String otherHost) {
    boolean any = host.equals("*") || host.equals("0.0.0.0") || host.equals("[::]");
    return any ? new Endpoint(otherHost, port) : this;
  }

  @Override
  public String toString() {
    return "tcp://" + host + ":" + port;
  }
}
