package org.frameline.protocol;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP endpoint as ZeroMQ writes it, {@code tcp://HOST:PORT}. Port {@code *} lets the system
 * choose when binding. Only tcp: JeroMQ's ipc does not talk to libzmq.
 */
public record Endpoint(String host, String port) {
  private static final Pattern TCP =
      Pattern.compile("tcp://(\\[[0-9a-fA-F:.]+(?:%[\\w.-]+)?]|[^:/\\s]+):(\\d{1,5}|\\*)");
  private static final String EVERY_IPV6 = "[::]";

  /** JeroMQ writes the last one for the one before. */
  private static final Set<String> EVERY_ADDRESS =
      Set.of("*", "0.0.0.0", EVERY_IPV6, "[0:0:0:0:0:0:0:0]");

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
    return isEveryAddress() ? new Endpoint(otherHost, port) : this;
  }

  /** Whether it stands for all addresses of a machine, which is for binding alone. */
  public boolean isEveryAddress() {
    return EVERY_ADDRESS.contains(host);
  }

  /** The same port as programs on the same machine reach it. */
  public Endpoint reachedHere() {
    return reachedAt(host.startsWith("[") ? "[::1]" : "127.0.0.1");
  }

  /** Whether it takes IPv6: an address of that kind, or the name of a host that has no other. */
  public boolean needsIpv6() {
    if (host.startsWith("[")) {
      return true;
    }
    try {
      return !host.equals("*")
          && Arrays.stream(InetAddress.getAllByName(host))
              .noneMatch(Inet4Address.class::isInstance);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Whether only programs of the same machine reach it, as far as the system knows the host. */
  public boolean isLoopback() {
    try {
      return !host.equals("*") && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "tcp://" + host + ":" + port;
  }
}
