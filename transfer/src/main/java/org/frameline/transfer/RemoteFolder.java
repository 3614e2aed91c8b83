package org.frameline.transfer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.frameline.program.ProgramException;
import org.frameline.program.Waiting;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.socket.Connections;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.Sockets;
import org.frameline.transfer.NotServedException.Reason;

/**
 * Asks a {@code serve} process. Every question may be asked twice, so a lost one is asked again,
 * until the other side has been silent for too long. Believes nothing: what does not fit its
 * question is refused. Not thread-safe; owns its socket.
 */
final class RemoteFolder implements AutoCloseable {
  /** Questions that are asked before the first of them is answered. */
  static final int ASKED_AHEAD = 4;

  private static final int MOST_REFUSED = 20;
  private static final Duration TICK = Duration.ofMillis(50);
  private static final long ASK_AGAIN_NS = Duration.ofSeconds(2).toNanos();
  private static final long MOST_ASK_AGAIN_NS = Duration.ofSeconds(16).toNanos();

  /** Takes one answer. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes the answer to a question.
     *
     * @param index which of the questions
     * @param piece the part behind it, empty where there is none
     * @throws MalformedMessageException when this cannot be the answer; it is asked again then
     */
    void take(int index, ControlMessage answer, byte[] piece)
        throws MalformedMessageException, IOException;
  }

  private final Sockets sockets;
  private final Endpoint endpoint;
  private final Duration patience;
  private final BooleanSupplier stop;
  private final MessageSocket socket;
  private final Waiting waiting = new Waiting();
  private final Connections connections = new Connections();

  /** Those that are not answered: where they stand in the list, by the number they were given. */
  private final Map<Long, Integer> asked = new LinkedHashMap<>();

  private long number;
  private long refused;
  private long askAgainNs = ASK_AGAIN_NS;
  private long lostConnections;
  private String awaited;

  /**
   * Connects.
   *
   * @param patience how long the other side may be silent
   */
  RemoteFolder(Sockets sockets, Endpoint endpoint, Duration patience, BooleanSupplier stop) {
    this.sockets = sockets;
    this.endpoint = endpoint;
    this.patience = patience;
    this.stop = stop;
    socket =
        sockets.requestPieces(
            endpoint, 2 * ASKED_AHEAD, Pieces.BYTES + ControlMessage.MAX_BYTES, connections);
    awaitAnswer();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** How a file is there now. */
  RemoteFile look(String name) throws NotServedException, IOException {
    RemoteFile[] found = {null};
    ask(
        List.of(ControlMessage.request("look").with("name", name)),
        (index, answer, piece) -> found[0] = RemoteFile.of(name, answer));
    return found[0];
  }

  /** The next files after a name, in the order of their names; none when there are no more. */
  List<ControlMessage> list(String after) throws NotServedException, IOException {
    List<List<ControlMessage>> found = new ArrayList<>();
    ask(
        List.of(ControlMessage.request("list").with("after", after)),
        (index, answer, piece) -> found.add(answer.objects("files")));
    return found.get(0);
  }

  /**
   * Asks, several at a time, and has each answer taken, in any order.
   *
   * @throws NotServedException when one cannot be answered
   * @throws StoppedException when the user stops
   * @throws ProgramException when the other side is silent, or talks nonsense
   */
  void ask(List<ControlMessage> questions, Taker taker) throws NotServedException, IOException {
    asked.clear();
    int next = 0;
    long heardNs = System.nanoTime();
    while (next < questions.size() || !asked.isEmpty()) {
      while (next < questions.size() && asked.size() < ASKED_AHEAD) {
        asked.put(number, next);
        send(number++, questions.get(next++));
      }
      List<byte[]> parts = socket.receive(TICK);
      sockets.requireAlive();
      if (stop.getAsBoolean()) {
        throw new StoppedException();
      }
      if (parts != null && take(parts, questions, taker)) {
        heardNs = System.nanoTime();
        askAgainNs = Math.max(ASK_AGAIN_NS, askAgainNs / 2);
        continue;
      }
      requirePatience();
      boolean isNew = isNewConnection();
      if (isNew || System.nanoTime() - heardNs > askAgainNs) {
        asked.forEach((id, index) -> send(id, questions.get(index)));
        heardNs = System.nanoTime();
        askAgainNs = isNew ? ASK_AGAIN_NS : Math.min(MOST_ASK_AGAIN_NS, 2 * askAgainNs);
      }
    }
    waiting.done();
  }

  /** Whether what was asked before may have been lost with another connection. */
  private boolean isNewConnection() {
    long lost = connections.lost();
    boolean isNew = lost > lostConnections && connections.isConnected();
    lostConnections = isNew ? lost : lostConnections;
    return isNew;
  }

  /** Without room for it, it counts as lost. */
  private void send(long id, ControlMessage question) {
    socket.offer(question.with("id", id));
  }

  /** Takes what came; false when it was of no use. */
  private boolean take(List<byte[]> parts, List<ControlMessage> questions, Taker taker)
      throws NotServedException, IOException {
    long id = -1;
    try {
      ControlMessage answer = ControlMessage.decode(parts.get(0));
      id = answer.count("id").orElse(-1L);
      requireAsked(answer, id);
      if (!asked.containsKey(id)) {
        // It was asked twice, and this is the second answer.
        return false;
      }
      if (!answer.isOk()) {
        return takeRefusal(answer);
      }
      taker.take(asked.get(id), answer, parts.size() > 1 ? parts.get(1) : new byte[0]);
      asked.remove(id);
      awaitAnswer();
      return true;
    } catch (MalformedMessageException e) {
      refuse(e.getMessage());
      if (asked.containsKey(id)) {
        send(id, questions.get(asked.get(id)));
      }
      return false;
    }
  }

  private void requireAsked(ControlMessage answer, long id) throws MalformedMessageException {
    if (id >= 0 && id < number) {
      return;
    }
    if (answer.text("error").isPresent()) {
      throw ProgramException.failed(
          endpoint + " says: " + FileName.shown(answer.text("error").get()), null);
    }
    throw new MalformedMessageException("id", "the number of a question", answer.fields());
  }

  /** Busy means later; false, so that it is asked again in a moment. */
  private boolean takeRefusal(ControlMessage answer)
      throws NotServedException, MalformedMessageException {
    String reason = answer.text("reason").orElse("");
    String why = FileName.shown(answer.text("error").orElse("no reason"));
    for (Reason known : Reason.values()) {
      if (known.word().equals(reason)) {
        throw new NotServedException(known, why);
      }
    }
    if (!reason.equals("busy")) {
      throw new MalformedMessageException("reason", "gone, changed, unreadable or busy", why);
    }
    awaited = "a free place at " + endpoint;
    return false;
  }

  private void awaitAnswer() {
    awaited = "an answer from " + endpoint;
    waiting.done();
  }

  private void refuse(String why) {
    refused++;
    if (refused > MOST_REFUSED) {
      throw ProgramException.failed(
          endpoint + " does not answer as 'frameline serve' does: " + FileName.shown(why), null);
    }
  }

  /** Answers that were no answers. */
  long refused() {
    return refused;
  }

  private void requirePatience() {
    waiting.waitFor(awaited);
    if (waiting.lasted().compareTo(patience) > 0) {
      throw ProgramException.failed(
          "waited in vain for "
              + awaited
              + " for "
              + patience.toSeconds()
              + " s; is 'frameline serve' running there, and does its --bind let others in?",
          null);
    }
  }

  @Override
  public void close() {
    sockets.close(socket, Duration.ZERO);
  }
}
