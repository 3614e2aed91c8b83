package org.frameline.protocol.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;
import zmq.msg.MsgAllocator;
import zmq.msg.MsgAllocatorHeap;

/**
 * Makes every socket of a program, with its limits set on purpose, and remembers where each was
 * made, so that one that is still open at the end is named. The factory is thread-safe; a socket
 * belongs to the thread that asked for it, which also closes it, through {@link #close(ZMQ.Socket,
 * Duration)}.
 */
public final class Sockets implements AutoCloseable {
  /**
   * Largest part of a message accepted on data sockets: 1 GiB, a 16 bit image of 23,000 x 23,000,
   * or a quarter of the heap, which JeroMQ takes when a peer announces a size.
   */
  private static final long MAX_DATA_BYTES =
      Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

  /** Tasks wait where they can be dealt out, not in the kernel on their way to a busy worker. */
  private static final int TASK_BUFFER_BYTES = 512 * 1024;

  /** What subscribers send: a topic. */
  private static final int SUBSCRIPTION_BYTES = 4 * 1024;

  private static final int UNREAD_MESSAGES = 1_000;
  private static final int UNREAD_BYTES = 1_024;
  private static final int HEARTBEAT_INTERVAL_MS = 2_000;

  /** A connection on which nothing comes for so long is made anew. */
  private static final int HEARTBEAT_TIMEOUT_MS = 10_000;

  /**
   * Within which time a connection has to stand, and then its handshake has to be over; else it is
   * made anew. About one JeroMQ connection in two hundred never finishes its handshake.
   */
  private static final int HANDSHAKE_WITHIN_MS = 2_000;

  private static final int RECONNECT_FIRST_MS = 50;

  /** A trial costs next to nothing; programs that are started together wait less for each other. */
  private static final int RECONNECT_LAST_MS = 250;

  /**
   * What a ROUTER that answers receives from a connection that has ended, behind its address. Made
   * up anew by each process, so that no peer can say it while it is there.
   */
  static final byte[] GONE = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);

  private static final int CONTROL_QUEUE = 64;
  private static final int FRAMES_QUEUE = 2;
  private static final Duration GRACE = Duration.ofMillis(500);
  private static final MsgAllocator HEAP = new MsgAllocatorHeap();
  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

  private final ZContext context = new ZContext(1);
  private final Map<ZMQ.Socket, String> open = new LinkedHashMap<>();
  private final AtomicLong peersRefused = new AtomicLong();
  private final AtomicReference<Throwable> ioFailure = new AtomicReference<>();
  private volatile boolean closing;
  private volatile boolean failed;

  public Sockets() {
    context.setUncaughtExceptionHandler(this::ioThreadFailed);
    // Where JeroMQ goes on, it would print a stack trace by itself.
    context.setNotificationExceptionHandler(this::ioThreadFailed);
  }

  /**
   * While a context ends, JeroMQ's I/O thread may acknowledge to a socket that is gone by then;
   * that is of no consequence. Anything else is.
   */
  private void ioThreadFailed(Thread thread, Throwable failure) {
    if (closing) {
      LOG.debug("{} failed while closing", thread.getName(), failure);
    } else if (failure instanceof RuntimeException) {
      // What a peer has sent: JeroMQ goes on, and that connection ends with the peer.
      if (peersRefused.getAndIncrement() == 0) {
        LOG.warn("a peer sent what is not ZMTP");
      }
      LOG.debug("{} went on after", thread.getName(), failure);
    } else {
      LOG.debug("{} failed", thread.getName(), failure);
      ioFailure.compareAndSet(null, failure);
    }
  }

  /**
   * To be called now and then by who waits for messages: without its I/O thread a process would
   * wait for ever.
   *
   * @throws NetworkFailedException when that thread has ended
   */
  public void requireAlive() {
    Throwable failure = ioFailure.get();
    if (failure != null) {
      throw new NetworkFailedException(failure);
    }
  }

  /**
   * XPUB: sends to whoever subscribed, drops for a subscriber whose queue is full. It tells of a
   * topic when the first subscribes to it and when nobody does any more; what is more than one
   * connection may have, it does not tell.
   */
  public MessageSocket publish(Endpoint endpoint, String option, int queuedMessages) {
    ZMQ.Socket socket = data(SocketType.XPUB, queuedMessages);
    limit(socket, SUBSCRIPTION_BYTES);
    return bind(socket, endpoint, option);
  }

  /**
   * SUB, connected, not yet subscribed to anything. Messages with pixels come in memory that is
   * used again, if they are received by {@link MessageSocket#receiveLent}.
   */
  public MessageSocket subscribe(Endpoint endpoint, int queuedMessages) {
    ZMQ.Socket socket = data(SocketType.SUB, queuedMessages);
    socket.setMsgAllocator(new MessageMemory(new MessagePool(queuedMessages)));
    return connect(socket, endpoint);
  }

  /** PUSH, bound; {@code connections} is told of every connection that comes and goes. */
  public MessageSocket bindPush(
      Endpoint endpoint, String option, int queuedMessages, Connections connections) {
    ZMQ.Socket socket = data(SocketType.PUSH, queuedMessages);
    connections.watch(socket);
    return bind(socket, endpoint, option);
  }

  /**
   * ROUTER, bound, that deals out to peers by name and refuses what is for a peer that is gone;
   * what peers send is small.
   */
  public MessageSocket bindRouter(
      Endpoint endpoint, String option, int queuedMessages, Connections connections) {
    ZMQ.Socket socket = data(SocketType.ROUTER, queuedMessages);
    socket.setMaxMsgSize(ControlMessage.MAX_BYTES);
    socket.setRouterMandatory(true);
    connections.watch(socket);
    return bind(socket, endpoint, option);
  }

  /** DEALER, connected; nothing is queued before the other side is there. */
  public MessageSocket connectDealer(Endpoint endpoint, int queuedMessages) {
    ZMQ.Socket socket = data(SocketType.DEALER, queuedMessages);
    socket.setImmediate(false);
    return connect(socket, endpoint);
  }

  /** PUSH, connected; nothing is queued before the other side is there. */
  public MessageSocket connectPush(Endpoint endpoint, int queuedMessages) {
    ZMQ.Socket socket = data(SocketType.PUSH, queuedMessages);
    socket.setImmediate(false);
    return connect(socket, endpoint);
  }

  /** Largest result that a sink takes. */
  public static long mostPullBytes() {
    return Math.min(MAX_DATA_BYTES, Runtime.getRuntime().maxMemory() / 8);
  }

  /**
   * PULL that anybody may send to. JeroMQ takes the memory for a message when its size is
   * announced, so a message may not be larger than an eighth of the heap.
   */
  public MessageSocket bindPull(Endpoint endpoint, String option, int queuedMessages) {
    ZMQ.Socket socket = data(SocketType.PULL, queuedMessages);
    limit(socket, mostPullBytes());
    return bind(socket, endpoint, option);
  }

  /** PULL for tasks, connected; {@code connections} is told of every connection that stands. */
  public MessageSocket connectPull(Endpoint endpoint, int queuedMessages, Connections connections) {
    ZMQ.Socket socket = data(SocketType.PULL, queuedMessages);
    socket.setReceiveBufferSize(TASK_BUFFER_BYTES);
    connections.watch(socket);
    return connect(socket, endpoint);
  }

  /**
   * ROUTER for the answering side of REQ/REP with small JSON messages. When a connection has ended,
   * {@link #GONE} comes from it.
   */
  MessageSocket reply(Endpoint endpoint, String option) {
    return bind(answering(), endpoint, option);
  }

  private ZMQ.Socket answering() {
    ZMQ.Socket socket = control(SocketType.ROUTER);
    socket.base().setSocketOpt(zmq.ZMQ.ZMQ_DISCONNECT_MSG, GONE);
    return socket;
  }

  /** As {@link #reply} for answers that carry frames, of which few may wait for one client. */
  MessageSocket replyFrames(Endpoint endpoint, String option) {
    return replyPieces(endpoint, option, FRAMES_QUEUE);
  }

  /** As {@link #reply} for large answers, of which so many may wait for one client. */
  MessageSocket replyPieces(Endpoint endpoint, String option, int queuedAnswers) {
    ZMQ.Socket socket = answering();
    socket.setSndHWM(queuedAnswers);
    return bind(socket, endpoint, option);
  }

  /**
   * As {@link #request}, for several questions at a time whose answers have one binary part; an
   * answer to any of them is received, in the order in which they come.
   *
   * @param queuedQuestions how many questions may wait to be sent, and answers to be received
   * @param mostBytes a larger part ends the connection unread
   * @param connections told of every connection that stands: what was asked on the one before it
   *     may be lost
   */
  public MessageSocket requestPieces(
      Endpoint endpoint, int queuedQuestions, int mostBytes, Connections connections) {
    ZMQ.Socket socket = create(SocketType.DEALER, queuedQuestions);
    limit(socket, mostBytes);
    connections.watch(socket);
    return new RequestSocket(connected(socket, endpoint), true);
  }

  /**
   * As {@link #request} for answers that carry frames, which may take long: an answer to an earlier
   * question is as good.
   */
  RequestSocket requestFrames(Endpoint endpoint) {
    return new RequestSocket(connected(data(SocketType.DEALER, FRAMES_QUEUE), endpoint), true);
  }

  /**
   * The asking side for small JSON messages, which does not get stuck when an answer is lost: it
   * may ask again, and an answer to an earlier question is dropped.
   */
  public MessageSocket request(Endpoint endpoint) {
    return new RequestSocket(connected(control(SocketType.DEALER), endpoint), false);
  }

  /** The asking side for one question whose answer may carry a frame. */
  public MessageSocket requestOnce(Endpoint endpoint) {
    return new RequestSocket(connected(data(SocketType.DEALER, CONTROL_QUEUE), endpoint), false);
  }

  /** A selector that ends with this, if it is not closed before. */
  Selector selector() {
    return context.getContext().selector();
  }

  void close(Selector selector) {
    context.getContext().close(selector);
  }

  /**
   * Closes a socket.
   *
   * @param linger how long what is still queued may take to leave, in the background
   */
  public void close(MessageSocket socket, Duration linger) {
    close(socket.socket(), linger);
  }

  private void close(ZMQ.Socket socket, Duration linger) {
    closing = true;
    synchronized (open) {
      open.remove(socket);
    }
    socket.setLinger((int) linger.toMillis());
    socket.close();
  }

  /**
   * Waits a moment for sockets that other threads still hold, names those, and ends all I/O. After
   * an endpoint that could not be bound or connected, whoever made sockets before it never got the
   * chance to close them; that is told once, and is enough.
   */
  @Override
  public void close() {
    long deadline = System.nanoTime() + GRACE.toNanos();
    synchronized (open) {
      if (failed) {
        open.clear();
      }
      while (!open.isEmpty() && System.nanoTime() < deadline) {
        awaitRelease();
      }
      open.values().forEach(made -> LOG.warn("socket still open at the end, made in {}", made));
    }
    // Without its thread it would wait for ever.
    if (ioFailure.get() == null) {
      context.close();
    }
  }

  private void awaitRelease() {
    try {
      open.wait(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sockets were being closed", e);
    }
  }

  private ZMQ.Socket data(SocketType type, int queuedMessages) {
    ZMQ.Socket socket = create(type, queuedMessages);
    limit(socket, MAX_DATA_BYTES);
    if (type == SocketType.PUSH) {
      // What somebody sends to a PUSH socket is never read. With a short queue JeroMQ would stop
      // reading from that connection, not see it end, and go on dealing messages to it.
      socket.setRcvHWM(UNREAD_MESSAGES);
      limit(socket, UNREAD_BYTES);
    }
    return socket;
  }

  private ZMQ.Socket control(SocketType type) {
    ZMQ.Socket socket = create(type, CONTROL_QUEUE);
    limit(socket, ControlMessage.MAX_BYTES);
    return socket;
  }

  private static void limit(ZMQ.Socket socket, long mostBytes) {
    socket.setMaxMsgSize(mostBytes);
    socket.setMsgAllocator(HEAP);
  }

  private ZMQ.Socket create(SocketType type, int queuedMessages) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setHWM(queuedMessages);
    socket.setLinger(0);
    socket.setHandshakeIvl(HANDSHAKE_WITHIN_MS);
    socket.setHeartbeatIvl(HEARTBEAT_INTERVAL_MS);
    socket.setHeartbeatTimeout(HEARTBEAT_TIMEOUT_MS);
    socket.setHeartbeatTtl(HEARTBEAT_TIMEOUT_MS);
    socket.setReconnectIVL(RECONNECT_FIRST_MS);
    socket.setReconnectIVLMax(RECONNECT_LAST_MS);
    synchronized (open) {
      open.put(socket, type + " by " + caller());
    }
    return socket;
  }

  private MessageSocket bind(ZMQ.Socket socket, Endpoint endpoint, String option) {
    try {
      socket.setIPv6(endpoint.needsIpv6());
      if (socket.bind(endpoint.toString())) {
        return new MessageSocket(socket);
      }
      throw new ZMQException("bind failed", socket.errno());
    } catch (ZMQException | IllegalArgumentException | java.io.UncheckedIOException e) {
      close(socket, Duration.ZERO);
      failed = true;
      throw new EndpointException(
          "cannot bind "
              + endpoint
              + ": "
              + bindingProblem(endpoint, e)
              + "; choose another with "
              + option,
          e);
    }
  }

  private MessageSocket connect(ZMQ.Socket socket, Endpoint endpoint) {
    return new MessageSocket(connected(socket, endpoint));
  }

  private ZMQ.Socket connected(ZMQ.Socket socket, Endpoint endpoint) {
    try {
      if (endpoint.host().equals("*") || endpoint.port().equals("*")) {
        throw new IllegalArgumentException("expected a host and a port, found *");
      }
      socket.setIPv6(endpoint.needsIpv6());
      if (socket.connect(endpoint.toString())) {
        return socket;
      }
      throw new ZMQException("connect failed", socket.errno());
    } catch (ZMQException | IllegalArgumentException | java.io.UncheckedIOException e) {
      close(socket, Duration.ZERO);
      failed = true;
      throw new EndpointException("cannot connect to " + endpoint + ": " + reason(e), e);
    }
  }

  private static String reason(RuntimeException e) {
    if (e instanceof ZMQException failure) {
      return failure.getErrorCode() == ZError.EADDRINUSE
          ? "the address is in use"
          : ZError.toString(failure.getErrorCode());
    }
    return e.getMessage();
  }

  /** JeroMQ takes every refusal for an address in use, so the system itself is asked. */
  private static String bindingProblem(Endpoint endpoint, RuntimeException e) {
    boolean inUse =
        e instanceof ZMQException failure && failure.getErrorCode() == ZError.EADDRINUSE;
    if (!inUse || endpoint.port().equals("*") || endpoint.host().equals("*")) {
      return reason(e);
    }
    int port = Integer.parseInt(endpoint.port());
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(endpoint.host(), port));
      return reason(e);
    } catch (IOException refusal) {
      String text = String.valueOf(refusal.getMessage());
      return text.contains("in use") ? reason(e) : text;
    }
  }

  private static String caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !frame.getClassName().equals(Sockets.class.getName()))
                    .findFirst()
                    .map(StackWalker.StackFrame::toString)
                    .orElse("an unknown place"));
  }
}
