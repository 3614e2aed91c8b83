package org.frameline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A network between two programs on this machine: a port on loopback behind which another one is.
 * It can be cut, so that nothing comes through any more and nobody is told, and be slow. For any
 * thread.
 */
public final class CutLink implements AutoCloseable {
  private static final int PIECE = 4096;
  private static final long NS_PER_S = 1_000_000_000L;

  private final ServerSocket front;
  private final InetSocketAddress target;
  private final List<Socket> open = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean cut;
  private volatile boolean closed;
  private volatile long bytesPerSecond = Long.MAX_VALUE;

  /** In front of this port of 127.0.0.1, whole and fast. */
  public CutLink(int target) {
    this(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
  }

  /** At the first address, in front of the second, whole and fast. */
  public CutLink(InetSocketAddress at, InetSocketAddress target) {
    this.target = target;
    try {
      front = new ServerSocket(at.getPort(), 50, at.getAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Where programs connect. */
  public int port() {
    return front.getLocalPort();
  }

  /** Nothing comes through from now on, in any direction, on connections old and new. */
  public void cut() {
    cut = true;
  }

  /** What was held up comes through, and all that follows. */
  public void restore() {
    cut = false;
  }

  /** From now on each direction of a connection carries no more than this. */
  public void slowDown(long toBytesPerSecond) {
    bytesPerSecond = toBytesPerSecond;
  }

  /** How many connections were made. */
  public int connections() {
    return connections.get();
  }

  /** How often nobody was behind it. */
  public int refused() {
    return refused.get();
  }

  private void accept() {
    while (!closed) {
      acceptOne();
    }
  }

  /** Nobody may be behind it now; whoever connected tries again then. */
  private void acceptOne() {
    try {
      Socket left = front.accept();
      Socket right = new Socket(target.getAddress(), target.getPort());
      synchronized (open) {
        open.add(left);
        open.add(right);
      }
      connections.incrementAndGet();
      start(() -> carry(left, right));
      start(() -> carry(right, left));
    } catch (IOException e) {
      refused.incrementAndGet();
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] piece = new byte[PIECE];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count = in.read(piece);
      while (count >= 0) {
        awaitTurn(count);
        out.write(piece, 0, count);
        count = in.read(piece);
      }
      awaitTurn(0);
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      if (!cut) {
        close(to);
      }
    }
  }

  private void awaitTurn(int count) {
    while (cut && !closed) {
      LockSupport.parkNanos(1_000_000);
    }
    if (bytesPerSecond < Long.MAX_VALUE) {
      LockSupport.parkNanos(count * NS_PER_S / bytesPerSecond);
    }
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "link");
    synchronized (threads) {
      threads.add(thread);
    }
    thread.start();
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    close(front);
    synchronized (open) {
      open.forEach(CutLink::close);
    }
    List<Thread> all;
    synchronized (threads) {
      all = List.copyOf(threads);
    }
    try {
      for (Thread thread : all) {
        thread.join(TimeUnit.SECONDS.toMillis(20));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
