package org.frameline.transfer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.frameline.program.ProcessControl;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.ControlServer;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers who asks for files, until it is stopped. One thread, which owns both sockets. */
final class ServeLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServeLoop.class);

  private final ServeConfig config;
  private final PollLoop loop;
  private final FileQuestions questions;
  private final ControlServer files;
  private final ProcessControl control;

  /** Binds at once. */
  ServeLoop(ServeConfig config, Sockets sockets, StopSignal stop) {
    this.config = config;
    loop = new PollLoop(sockets, stop);
    questions = new FileQuestions(new ServedFolder(config.folder()));
    files =
        ControlServer.ofPieces(
            sockets, config.bind(), "--bind", FileQuestions.QUEUED_ANSWERS, questions);
    control =
        new ProcessControl(
            sockets, config.control(), "--control-bind", "serve", this::summary, stop);
    files.onGone(questions::gone);
    files.serveOn(loop);
    control.serveOn(loop, config.folder().toString());
  }

  /** Where files are asked for. */
  Endpoint boundTo() {
    return files.boundTo();
  }

  void run() {
    LOG.info("serving {} on {}", config.folder(), boundTo());
    if (!boundTo().isLoopback()) {
      LOG.warn("whoever reaches {} can read these files", boundTo());
    }
    loop.run();
  }

  private Map<String, Object> summary() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("folder", config.folder().toString());
    fields.put("files", boundTo().toString());
    fields.putAll(questions.summary());
    fields.put("refused_questions", files.refused());
    return fields;
  }

  /** What was done so far. */
  Report report() {
    Report report = new Report("serve");
    summary().forEach(report::put);
    return report;
  }

  @Override
  public void close() {
    files.close();
    control.close();
    loop.close();
  }
}
