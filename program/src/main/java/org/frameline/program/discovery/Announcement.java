package org.frameline.program.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.jmdns.JmDNS;
import org.frameline.protocol.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the network of a stream until it is closed. All is done on threads of its own, since names
 * may take long to find; a network that does not let it is said on stderr, and nothing else. For
 * any thread.
 */
public final class Announcement implements AutoCloseable {
  /** The word that it is over is sent at once; what jmDNS does afterwards is not waited for. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

  private final AnnouncedStream stream;
  private final Optional<String> host;
  private final List<JmDNS> speakers = new ArrayList<>();
  private boolean closed;

  /**
   * Begins at once.
   *
   * @param host by which others reach it, where it is not one of the addresses it is bound to
   */
  public Announcement(AnnouncedStream stream, Optional<String> host) {
    this.stream = stream;
    this.host = host;
    run("announcing", this::announce);
  }

  private static Thread run(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void announce() {
    Endpoint bound = stream.frames();
    try {
      List<InetAddress> addresses = LocalAddresses.of(bound);
      if (addresses.isEmpty()) {
        LOG.warn("not announced: this machine is in no network that takes multicast");
      }
      for (InetAddress address : addresses) {
        announceFrom(address);
      }
    } catch (IOException e) {
      LOG.warn("not announced: {}", e.getMessage());
    }
  }

  private void announceFrom(InetAddress address) throws IOException {
    JmDNS speaker = JmDNS.create(address, address.getHostAddress());
    synchronized (speakers) {
      speakers.add(speaker);
      if (closed) {
        return;
      }
    }
    speaker.registerService(stream.toService(host));
    LOG.info("announced at {} as \"{}\"", address.getHostAddress(), stream.name());
  }

  /** Says that it is over. */
  @Override
  public void close() {
    List<JmDNS> all;
    synchronized (speakers) {
      closed = true;
      all = List.copyOf(speakers);
    }
    List<Thread> farewells =
        all.stream().map(speaker -> run("farewell", () -> close(speaker))).toList();
    try {
      for (Thread farewell : farewells) {
        farewell.join(FAREWELL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void close(JmDNS speaker) {
    try {
      speaker.unregisterAllServices();
      speaker.close();
    } catch (IOException e) {
      LOG.debug("multicast DNS does not end: {}", e.getMessage());
    }
  }
}
