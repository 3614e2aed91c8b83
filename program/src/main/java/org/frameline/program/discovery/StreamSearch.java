package org.frameline.program.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceListener;
import org.frameline.program.StopSignal;

/** Looks for streams in all networks of this machine. One search, one thread. */
public final class StreamSearch {
  /** Somebody who announces more than this is no lab. */
  private static final int MOST = 1_000;

  private final ConcurrentMap<String, AnnouncedStream> found = new ConcurrentHashMap<>();

  /**
   * Listens for so long.
   *
   * @param stop ends it early
   * @return what was announced, by name
   * @throws IOException when no network lets it
   */
  public List<AnnouncedStream> listen(Duration time, StopSignal stop) throws IOException {
    List<JmDNS> listeners = new ArrayList<>();
    try {
      for (InetAddress address : LocalAddresses.all()) {
        JmDNS listener = JmDNS.create(address, address.getHostAddress());
        listeners.add(listener);
        listener.addServiceListener(AnnouncedStream.TYPE, noting());
      }
      if (listeners.isEmpty()) {
        throw new IOException("this machine is in no network that takes multicast");
      }
      stop.await(time);
    } finally {
      // Nothing was registered, so nobody waits for a word; the process ends.
      listeners.forEach(StreamSearch::end);
    }
    return found.values().stream().sorted(Comparator.comparing(AnnouncedStream::name)).toList();
  }

  private static void end(JmDNS listener) {
    Thread thread = new Thread(() -> Announcement.close(listener), "farewell");
    thread.setDaemon(true);
    thread.start();
  }

  private ServiceListener noting() {
    return new ServiceListener() {
      @Override
      public void serviceAdded(ServiceEvent event) {
        event.getDNS().requestServiceInfo(event.getType(), event.getName(), 1);
      }

      @Override
      public void serviceRemoved(ServiceEvent event) {
        found.remove(event.getName());
      }

      @Override
      public void serviceResolved(ServiceEvent event) {
        if (found.size() < MOST) {
          AnnouncedStream.of(event.getInfo()).ifPresent(it -> found.put(it.name(), it));
        }
      }
    };
  }
}
