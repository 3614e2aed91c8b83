/*
 * This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of
 * the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.
 *
 * Derived from zmq/io/IOObject.java of JeroMQ 0.6.0 (https://github.com/zeromq/jeromq), whose
 * authors its file AUTHORS names. Changed by the authors of Frameline, in 2026: what counts as the
 * silence of a peer. Otherwise only the layout differs.
 */
package zmq.io;

import java.nio.channels.SelectableChannel;
import zmq.poll.IPollEvents;
import zmq.poll.Poller;
import zmq.poll.Poller.Handle;

/**
 * What an object of an I/O thread has to do with its poller.
 *
 * <p>For a connection it also decides when the peer is silent. {@link StreamEngine} calls a peer
 * silent that has sent no whole message for a time after it was asked for a sign of life, and asks
 * only when it can write. So a peer whose messages take long would be silent while it sends, and
 * one that takes nothing any more would never be. Here every byte is a sign of life. Who has sent
 * none for that time is silent; where it could not be asked, since it takes nothing, it has several
 * times as long. While nothing is read from it, because nobody takes what it has sent, it cannot be
 * silent.
 *
 * <p>Belongs to its I/O thread.
 */
public class IOObject implements IPollEvents {
  /** Timers of {@link StreamEngine}: within which time the peer has to do something, as it said. */
  private static final int HEARTBEAT_TTL = 0x80;

  /** When the peer is to be asked again. */
  private static final int HEARTBEAT_INTERVAL = 0x81;

  /** Within which time it has to do something after it was asked. */
  private static final int HEARTBEAT_TIMEOUT = 0x82;

  /** How much longer a peer may take nothing. */
  private static final int UNASKED = 6;

  private static final long NS_PER_MS = 1_000_000;

  private final Poller poller;
  private final IPollEvents handler;
  private boolean alive;
  private boolean reads;
  private long lastReadNs = System.nanoTime();
  private long ttlMs;
  private long timeoutMs;

  public IOObject(IOThread ioThread, IPollEvents handler) {
    assert ioThread != null;
    assert handler != null;
    this.handler = handler;
    poller = ioThread.getPoller();
  }

  /** Events may come from now on. */
  public final void plug() {
    alive = true;
    lastReadNs = System.nanoTime();
  }

  /** No events come any more. */
  public final void unplug() {
    // Other objects than connections may be unplugged by other threads.
    if (ttlMs > 0) {
      poller.cancelTimer(this, HEARTBEAT_TTL);
    }
    if (timeoutMs > 0) {
      poller.cancelTimer(this, HEARTBEAT_TIMEOUT);
    }
    alive = false;
  }

  public final Handle addFd(SelectableChannel fd) {
    return poller.addHandle(fd, this);
  }

  public final void removeHandle(Handle handle) {
    poller.removeHandle(handle);
  }

  public final void setPollIn(Handle handle) {
    reads = true;
    lastReadNs = System.nanoTime();
    poller.setPollIn(handle);
  }

  public final void setPollOut(Handle handle) {
    poller.setPollOut(handle);
  }

  public final void setPollConnect(Handle handle) {
    poller.setPollConnect(handle);
  }

  public final void setPollAccept(Handle handle) {
    poller.setPollAccept(handle);
  }

  public final void resetPollIn(Handle handle) {
    reads = false;
    poller.resetPollIn(handle);
  }

  public final void resetPollOut(Handle handle) {
    poller.resetPollOut(handle);
  }

  @Override
  public final void inEvent() {
    assert alive;
    lastReadNs = System.nanoTime();
    handler.inEvent();
  }

  @Override
  public final void outEvent() {
    assert alive;
    handler.outEvent();
  }

  @Override
  public final void connectEvent() {
    assert alive;
    handler.connectEvent();
  }

  @Override
  public final void acceptEvent() {
    assert alive;
    handler.acceptEvent();
  }

  @Override
  public final void timerEvent(int id) {
    assert alive;
    if (id == HEARTBEAT_TTL) {
      silentFor(ttlMs, id);
    } else if (id == HEARTBEAT_TIMEOUT) {
      silentFor(timeoutMs, id);
    } else {
      handler.timerEvent(id);
      if (id == HEARTBEAT_INTERVAL
          && alive
          && timeoutMs > 0
          && silenceMs() >= UNASKED * timeoutMs) {
        poller.cancelTimer(this, HEARTBEAT_TIMEOUT);
        handler.timerEvent(HEARTBEAT_TIMEOUT);
      }
    }
  }

  private void silentFor(long mostMs, int id) {
    long leftMs = mostMs - silenceMs();
    if (leftMs > 0) {
      poller.addTimer(leftMs, this, id);
    } else {
      handler.timerEvent(id);
    }
  }

  private long silenceMs() {
    return reads ? (System.nanoTime() - lastReadNs) / NS_PER_MS : 0;
  }

  public final void addTimer(long timeout, int id) {
    assert alive;
    if (id == HEARTBEAT_TTL) {
      ttlMs = timeout;
    } else if (id == HEARTBEAT_TIMEOUT) {
      timeoutMs = timeout;
    }
    poller.addTimer(timeout, this, id);
  }

  public final void cancelTimer(int id) {
    assert alive;
    poller.cancelTimer(this, id);
  }

  @Override
  public String toString() {
    return String.valueOf(handler);
  }
}
