package org.frameline.program.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.frameline.protocol.Endpoint;

/** Addresses of this machine from which multicast DNS is spoken. */
final class LocalAddresses {
  /** A machine with more networks than this announces nothing in the others. */
  private static final int MOST = 8;

  private LocalAddresses() {}

  /** Those by which others reach what is bound to this endpoint. */
  static List<InetAddress> of(Endpoint bound) throws SocketException, UnknownHostException {
    if (bound.isEveryAddress()) {
      return all().stream().filter(address -> !address.isLoopbackAddress()).toList();
    }
    // The first is enough: all that a name stands for are of the same machine.
    return Arrays.asList(InetAddress.getAllByName(bound.host())).subList(0, 1);
  }

  /** One of each network that is up, IPv4 if it has one. */
  static List<InetAddress> all() throws SocketException {
    List<InetAddress> addresses = new ArrayList<>();
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (network.isUp() && (network.supportsMulticast() || network.isLoopback())) {
        Collections.list(network.getInetAddresses()).stream()
            .min(Comparator.comparing(address -> !(address instanceof Inet4Address)))
            .ifPresent(addresses::add);
      }
    }
    return addresses.stream().limit(MOST).toList();
  }
}
