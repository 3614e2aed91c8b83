package org.frameline.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.socket.ControlServer;
import org.frameline.recording.check.Checkpoint;

/**
 * Answers questions about the files of a folder, one at a time. Belongs to the thread of its
 * socket.
 */
final class FileQuestions implements ControlServer.Handler {
  /** Answers that may wait for one client: what it may ask ahead, and those it just took. */
  static final int QUEUED_ANSWERS = 6;

  private static final String NAME = "name";

  private final ServedFolder folder;
  private final Clients clients = new Clients();
  private long answered;
  private long sentBytes;
  private long turnedAway;

  FileQuestions(ServedFolder folder) {
    this.folder = folder;
  }

  @Override
  public void take(ControlMessage question, ControlServer.Reply reply)
      throws MalformedMessageException {
    ControlMessage answer = ControlMessage.ok();
    if (question.fields().containsKey("id")) {
      answer = answer.with("id", question.count("id", 0));
    }
    if (!clients.admit(reply.peer())) {
      turnedAway++;
      reply.send(no(answer, "busy", Clients.MOST + " are being served, ask again in a moment"));
      return;
    }
    try {
      answer(question, answer, reply);
      answered++;
    } catch (NotServedException e) {
      reply.send(no(answer, e.reason().word(), e.getMessage()));
    }
  }

  private void answer(ControlMessage question, ControlMessage answer, ControlServer.Reply reply)
      throws MalformedMessageException, NotServedException {
    String request = question.text("request").orElse("");
    switch (request) {
      case "list" -> reply.send(answer.with("files", list(question)));
      case "look" -> reply.send(look(question, answer));
      case "read" -> read(question, answer, reply);
      case "sums" -> reply.send(answer.with("sums", sums(question)));
      default ->
          throw new MalformedMessageException("request", "list, look, read or sums", request);
    }
  }

  private List<Map<String, Object>> list(ControlMessage question) throws NotServedException {
    try {
      return folder.list(question.text("after").orElse("")).stream()
          .map(FileQuestions::listed)
          .toList();
    } catch (IOException e) {
      throw new NotServedException(
          NotServedException.Reason.UNREADABLE, "cannot list files: " + Problem.of(e), e);
    }
  }

  private static Map<String, Object> listed(ServedFolder.Listed file) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(NAME, file.name());
    fields.put("bytes", file.attributes().size());
    fields.put("modified_ms", file.attributes().lastModifiedTime().toMillis());
    return fields;
  }

  private ControlMessage look(ControlMessage question, ControlMessage answer)
      throws MalformedMessageException, NotServedException {
    ServedFile file = folder.look(name(question));
    ControlMessage found =
        answer
            .with("version", file.version())
            .with("bytes", file.size())
            .with("modified_ms", file.modifiedMs())
            .with("growing", file.checkpoint().isPresent());
    return file.checkpoint().isEmpty()
        ? found
        : found.with("superblock", hex(file.checkpoint().get()));
  }

  private static String hex(Checkpoint checkpoint) {
    byte[] bytes = new byte[checkpoint.superblock().remaining()];
    checkpoint.superblock().duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void read(ControlMessage question, ControlMessage answer, ControlServer.Reply reply)
      throws MalformedMessageException, NotServedException {
    long offset = question.count("offset", 0);
    int length = length(question, Pieces.BYTES);
    byte[] piece = folder.read(name(question), version(question), offset, length);
    reply.send(answer.with("crc32c", Pieces.crc32c(piece)), piece);
    sentBytes += length;
  }

  private List<String> sums(ControlMessage question)
      throws MalformedMessageException, NotServedException {
    long offset = question.count("offset", 0);
    int length = length(question, Pieces.MOST_SUMS * Pieces.BYTES);
    return folder.sums(name(question), version(question), offset, length);
  }

  private static int length(ControlMessage question, int most) throws MalformedMessageException {
    long length = question.count("length", 0);
    if (length < 1 || length > most) {
      throw new MalformedMessageException("length", "a number from 1 to " + most, length);
    }
    return (int) length;
  }

  private static String name(ControlMessage question) throws MalformedMessageException {
    return question
        .text(NAME)
        .orElseThrow(() -> new MalformedMessageException(NAME, "the name of a file", "none"));
  }

  private static String version(ControlMessage question) {
    return question.text("version").orElse("");
  }

  private static ControlMessage no(ControlMessage answer, String reason, String why) {
    return answer.with("ok", false).with("reason", reason).with("error", why);
  }

  /** The connection has ended by which somebody asked. */
  void gone(ByteBuffer peer) {
    clients.gone(peer);
  }

  /** For the status and the report. */
  Map<String, Object> summary() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("clients", clients.count());
    fields.put("answered", answered);
    fields.put("sent_bytes", sentBytes);
    fields.put("turned_away", turnedAway);
    return fields;
  }
}
