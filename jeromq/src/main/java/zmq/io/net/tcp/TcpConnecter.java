/*
 * This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of
 * the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.
 *
 * Derived from zmq/io/net/tcp/TcpConnecter.java of JeroMQ 0.6.0 (https://github.com/zeromq/jeromq),
 * whose authors its file AUTHORS names. Changed by the authors of Frameline, in 2026: a connection
 * that does not come to stand is tried anew. Otherwise only the layout differs.
 */
package zmq.io.net.tcp;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import zmq.Options;
import zmq.Own;
import zmq.SocketBase;
import zmq.ZError;
import zmq.io.IOObject;
import zmq.io.IOThread;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.io.net.Address;
import zmq.io.net.StandardProtocolFamily;
import zmq.poll.IPollEvents;
import zmq.poll.Poller;
import zmq.util.Utils;

/**
 * Connects, again and again until it succeeds. Each trial has as much time as a handshake ({@link
 * Options#handshakeIvl}). JeroMQ's own class leaves that to the system, which asks again after 1,
 * 2, 4, 8 and more seconds, and so after a minute without a network only in the next one.
 *
 * <p>Belongs to its I/O thread.
 */
public class TcpConnecter extends Own implements IPollEvents {
  protected static final int RECONNECT_TIMER_ID = 1;
  private static final int CONNECT_TIMER_ID = 2;

  protected final IOObject ioObject;
  private final Address addr;
  private SocketChannel fd;
  private Poller.Handle handle;

  /** Whether the first trial waits too. */
  protected final boolean delayedStart;

  private boolean timerStarted;
  private boolean connectTimerStarted;
  private final SessionBase session;
  private int currentReconnectIvl;
  private final SocketBase socket;

  public TcpConnecter(
      IOThread ioThread, SessionBase session, Options options, Address addr, boolean delayedStart) {
    super(ioThread, options);
    ioObject = new IOObject(ioThread, this);
    this.addr = addr;
    this.delayedStart = delayedStart;
    this.session = session;
    currentReconnectIvl = this.options.reconnectIvl;
    assert this.addr != null;
    socket = session.getSocket();
  }

  @Override
  protected void destroy() {
    assert !timerStarted;
    assert handle == null;
    assert fd == null;
    ioObject.unplug();
  }

  @Override
  protected void processPlug() {
    ioObject.plug();
    if (delayedStart) {
      addReconnectTimer();
    } else {
      startConnecting();
    }
  }

  @Override
  protected void processTerm(int linger) {
    if (timerStarted) {
      ioObject.cancelTimer(RECONNECT_TIMER_ID);
      timerStarted = false;
    }
    forgetHandle();
    if (fd != null) {
      close();
    }
    super.processTerm(linger);
  }

  private void forgetHandle() {
    if (connectTimerStarted) {
      ioObject.cancelTimer(CONNECT_TIMER_ID);
      connectTimerStarted = false;
    }
    if (handle != null) {
      ioObject.removeHandle(handle);
      handle = null;
    }
  }

  @Override
  public void connectEvent() {
    forgetHandle();
    SocketChannel channel = connect();
    if (channel == null) {
      close();
      addReconnectTimer();
      return;
    }
    try {
      TcpUtils.tuneTcpSocket(channel);
      TcpUtils.tuneTcpKeepalives(
          channel,
          options.tcpKeepAlive,
          options.tcpKeepAliveCnt,
          options.tcpKeepAliveIdle,
          options.tcpKeepAliveIntvl);
    } catch (IOException e) {
      throw new ZError.IOException(e);
    }
    StreamEngine engine;
    try {
      engine = new StreamEngine(channel, options, addr.toString());
    } catch (ZError.InstantiationException e) {
      return;
    }
    fd = null;
    sendAttach(session, engine);
    terminate();
    socket.eventConnected(addr.toString(), channel);
  }

  @Override
  public void timerEvent(int id) {
    if (id == CONNECT_TIMER_ID) {
      connectTimerStarted = false;
      forgetHandle();
      close();
      addReconnectTimer();
      return;
    }
    assert id == RECONNECT_TIMER_ID;
    timerStarted = false;
    startConnecting();
  }

  private void startConnecting() {
    try {
      boolean isConnected = open();
      handle = ioObject.addFd(fd);
      if (isConnected) {
        connectEvent();
      } else {
        ioObject.setPollConnect(handle);
        if (options.handshakeIvl > 0) {
          ioObject.addTimer(options.handshakeIvl, CONNECT_TIMER_ID);
          connectTimerStarted = true;
        }
        socket.eventConnectDelayed(addr.toString(), -1);
      }
    } catch (RuntimeException | IOException e) {
      if (fd != null) {
        close();
      }
      addReconnectTimer();
    }
  }

  private void addReconnectTimer() {
    int rcIvl = getNewReconnectIvl();
    ioObject.addTimer(rcIvl, RECONNECT_TIMER_ID);
    try {
      // There may be other addresses by that name now.
      addr.resolve(options.ipv6);
    } catch (Exception ignored) {
      // Without a network names cannot be resolved; the next trial will say so.
    }
    socket.eventConnectRetried(addr.toString(), rcIvl);
    timerStarted = true;
  }

  private int getNewReconnectIvl() {
    int interval = currentReconnectIvl + Utils.randomInt() % options.reconnectIvl;
    if (options.reconnectIvlMax > 0 && options.reconnectIvlMax > options.reconnectIvl) {
      currentReconnectIvl = Math.min(currentReconnectIvl * 2, options.reconnectIvlMax);
    }
    return interval;
  }

  /** Returns whether the connection stands already. */
  private boolean open() throws IOException {
    assert fd == null;
    if (addr == null) {
      throw new IOException("Null address");
    }
    addr.resolve(options.ipv6);
    Address.IZAddress resolved = addr.resolved();
    if (resolved == null) {
      throw new IOException("Address not resolved");
    }
    SocketAddress sa = resolved.address();
    if (sa == null) {
      throw new IOException("Socket address not resolved");
    }
    fd =
        options.selectorChooser == null
            ? SocketChannel.open()
            : options.selectorChooser.choose(resolved, options).openSocketChannel();
    if (resolved.family() == StandardProtocolFamily.INET6) {
      TcpUtils.enableIpv4Mapping(fd);
    }
    TcpUtils.unblockSocket(fd);
    if (options.sndbuf != 0) {
      TcpUtils.setTcpSendBuffer(fd, options.sndbuf);
    }
    if (options.rcvbuf != 0) {
      TcpUtils.setTcpReceiveBuffer(fd, options.rcvbuf);
    }
    if (options.tos != 0) {
      TcpUtils.setIpTypeOfService(fd, options.tos);
    }
    try {
      boolean isConnected = fd.connect(sa);
      if (!isConnected) {
        errno.set(ZError.EINPROGRESS);
      }
      return isConnected;
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The connection that stands now, or null when it failed. */
  private SocketChannel connect() {
    try {
      boolean finished = fd.finishConnect();
      assert finished;
      return fd;
    } catch (IOException e) {
      return null;
    }
  }

  protected void close() {
    assert fd != null;
    try {
      fd.close();
      socket.eventClosed(addr.toString(), fd);
    } catch (IOException e) {
      socket.eventCloseFailed(addr.toString(), ZError.exccode(e));
    }
    fd = null;
  }

  @Override
  public void inEvent() {
    // Connected, but the engine is not attached yet.
  }

  @Override
  public void outEvent() {
    // As in inEvent.
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + options.socketId + "]";
  }
}
