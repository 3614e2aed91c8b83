package org.frameline.ventilator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.ReceivedFrames;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The publisher's control socket and the sink's handshake, played with plain sockets on a thread of
 * their own, which answers what the fields say.
 */
final class Neighbours implements AutoCloseable {
  /** As the sink does, so that the ventilator does not ask all the time. */
  private static final long HOLD_NS = 20_000_000;

  final Set<String> workers = ConcurrentHashMap.newKeySet();

  /** The sink has the frames below this one, of every stream it is asked about. */
  final AtomicLong received = new AtomicLong();

  /** And these. */
  final Set<Long> receivedAbove = ConcurrentHashMap.newKeySet();

  final AtomicBoolean ordered = new AtomicBoolean();

  /** Nothing comes from the publisher's control socket any more. */
  final AtomicBoolean publisherIsGone = new AtomicBoolean();

  /** How often the publisher said that the ventilator is ready. */
  final AtomicLong saidReady = new AtomicLong();

  final AtomicBoolean finished = new AtomicBoolean();

  /** Whether the sink says what it has of the streams that it is asked about. */
  final AtomicBoolean tells = new AtomicBoolean(true);

  /** Whether the sink listens to another ventilator. */
  final AtomicBoolean refuses = new AtomicBoolean();

  final AtomicReference<String> sinkRun = new AtomicReference<>("sink-1");

  /** Where all workers can read rings; the empty text stands for not at all. */
  final AtomicReference<String> ringDomain = new AtomicReference<>("");

  /** How many frames they can hold between them. */
  final AtomicLong room = new AtomicLong(1_000);

  /** How many references they take in one message. */
  final AtomicLong together = new AtomicLong(1);

  final List<ControlMessage> questions = new CopyOnWriteArrayList<>();
  final String publisherControl;
  final String handshake;

  private final ZContext context = new ZContext();
  private final ZMQ.Socket publisher = reply();
  private final ZMQ.Socket sink = reply();
  private final AtomicBoolean over = new AtomicBoolean();
  private ControlMessage held;
  private long heldNs;
  private long answered;
  private int answeredAbove;
  private final Thread thread = new Thread(this::serve, "neighbours");

  Neighbours() {
    publisherControl = publisher.getLastEndpoint();
    handshake = sink.getLastEndpoint();
    thread.start();
  }

  private ZMQ.Socket reply() {
    ZMQ.Socket socket = context.createSocket(SocketType.REP);
    socket.setHandshakeIvl(1_000);
    socket.setLinger(0);
    assertThat(socket.bind("tcp://127.0.0.1:*")).isTrue();
    return socket;
  }

  private void serve() {
    ZMQ.Poller poller = context.createPoller(2);
    poller.register(publisher, ZMQ.Poller.POLLIN);
    poller.register(sink, ZMQ.Poller.POLLIN);
    while (!over.get()) {
      poller.poll(20);
      if (poller.pollin(0) && !publisherIsGone.get()) {
        publisher.recv();
        publisher.send(ControlMessage.ok().with("ready", true).encode());
        saidReady.incrementAndGet();
      }
      if (held == null && poller.pollin(1)) {
        take(sink.recv());
      }
      if (held != null && (isNews() || System.nanoTime() - heldNs > HOLD_NS)) {
        answer();
      }
    }
    poller.close();
    context.close();
  }

  private boolean isNews() {
    return received.get() != answered || receivedAbove.size() != answeredAbove;
  }

  private void take(byte[] bytes) {
    try {
      held = ControlMessage.decode(bytes);
    } catch (MalformedMessageException e) {
      throw new AssertionError("the ventilator asked something malformed", e);
    }
    heldNs = System.nanoTime();
    questions.add(held);
  }

  private void answer() {
    ControlMessage question = held;
    held = null;
    answered = received.get();
    answeredAbove = receivedAbove.size();
    if (refuses.get()) {
      sink.send(ControlMessage.error("another one").encode());
      return;
    }
    List<ReceivedFrames> streams = new ArrayList<>();
    for (DealtStream stream : tells.get() ? DealtStream.of(question) : List.<DealtStream>of()) {
      FrameSet frames = new FrameSet();
      LongStream.range(0, answered).forEach(frames::add);
      receivedAbove.forEach(frames::add);
      streams.add(ReceivedFrames.of(stream.stream(), frames, stream.from(), 100));
    }
    sink.send(
        ReceivedFrames.put(ControlMessage.ok(), streams)
            .with("sink", sinkRun.get())
            .with("ordered", ordered.get())
            .with("workers", List.copyOf(workers))
            .with("ring_domain", ringDomain.get())
            .with("room", room.get())
            .with("references", together.get())
            .with("finished", finished.get())
            .with("goodbye", question.text("request").orElse("").equals("goodbye"))
            .encode());
  }

  /** The last question of a kind. */
  ControlMessage last(String request) {
    return questions.stream()
        .filter(question -> question.text("request").orElse("").equals(request))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("no question " + request + " in " + questions));
  }

  @Override
  public void close() {
    over.set(true);
    await().until(() -> !thread.isAlive());
  }
}
