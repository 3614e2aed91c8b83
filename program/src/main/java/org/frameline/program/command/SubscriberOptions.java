package org.frameline.program.command;

import org.frameline.protocol.Endpoint;
import picocli.CommandLine.Option;

/** Options of every command that subscribes to a publisher. */
public final class SubscriberOptions {
  @Option(
      names = "--connect",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5555",
      converter = EndpointConverter.class,
      description = "The publisher's frames (default: ${DEFAULT-VALUE}).")
  private Endpoint connect;

  @Option(
      names = "--control",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5556",
      converter = EndpointConverter.class,
      description = "The publisher's control socket (default: ${DEFAULT-VALUE}).")
  private Endpoint control;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "camera_frame",
      description = "Topic of the frames (default: ${DEFAULT-VALUE}).")
  private String topic;

  public Endpoint connect() {
    return connect;
  }

  public Endpoint control() {
    return control;
  }

  public String topic() {
    return topic;
  }
}
