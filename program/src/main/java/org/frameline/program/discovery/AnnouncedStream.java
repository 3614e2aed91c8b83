package org.frameline.program.discovery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.jmdns.ServiceInfo;
import org.frameline.protocol.Endpoint;

/**
 * A stream that a publisher announces. Immutable; where it was found in the network, all its texts
 * are a stranger's.
 *
 * @param name of the announcement, unique in the network
 * @param frames where its frames are
 * @param control where its control socket is
 * @param topic of its frames
 * @param camera in words
 */
public record AnnouncedStream(
    String name, Endpoint frames, Endpoint control, String topic, String camera) {
  /** Service type of publishers. */
  static final String TYPE = "_frameline._tcp.local.";

  private static final String TOPIC = "topic";
  private static final String CAMERA = "camera";
  private static final String CONTROL_PORT = "control_port";
  private static final String HOST = "host";

  /** A text in a TXT record has 255 bytes with its key; UTF-8 may take 4 for a letter. */
  private static final int MOST_LETTERS = 60;

  /** The TXT record; {@code host} is in it when others reach the publisher by that one alone. */
  ServiceInfo toService(Optional<String> host) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("txtvers", "1");
    facts.put(CONTROL_PORT, control.port());
    facts.put(TOPIC, shortened(topic));
    facts.put(CAMERA, shortened(camera));
    host.ifPresent(it -> facts.put(HOST, it));
    return ServiceInfo.create(TYPE, shortened(name), Integer.parseInt(frames.port()), 0, 0, facts);
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= MOST_LETTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_LETTERS));
  }

  /** What somebody announces; empty when that is no stream, or without an address yet. */
  static Optional<AnnouncedStream> of(ServiceInfo service) {
    String[] addresses = service.getHostAddresses();
    String host = service.getPropertyString(HOST);
    String topic = service.getPropertyString(TOPIC);
    if (topic == null || (host == null && addresses.length == 0)) {
      return Optional.empty();
    }
    String reached = host != null ? host : addresses[0];
    try {
      return Optional.of(
          new AnnouncedStream(
              service.getName(),
              endpoint(reached, String.valueOf(service.getPort())),
              endpoint(reached, String.valueOf(service.getPropertyString(CONTROL_PORT))),
              topic,
              Optional.ofNullable(service.getPropertyString(CAMERA)).orElse("")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Endpoint endpoint(String host, String port) {
    boolean isBareIpv6 = host.contains(":") && !host.startsWith("[");
    return Endpoint.parse("tcp://" + (isBareIpv6 ? "[" + host + "]" : host) + ":" + port);
  }
}
