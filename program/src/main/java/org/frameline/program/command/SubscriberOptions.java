package org.frameline.program.command;

import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StartFrom;
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

  @Option(
      names = "--from",
      paramLabel = "FRAME",
      defaultValue = "now",
      converter = StartFromConverter.class,
      description =
          "Begin a running stream with the next frame (now), with the oldest that the publisher's"
              + " history holds (first), or with this frame number (default: ${DEFAULT-VALUE}).")
  private StartFrom from;

  public Endpoint connect() {
    return connect;
  }

  public Endpoint control() {
    return control;
  }

  public String topic() {
    return topic;
  }

  public StartFrom from() {
    return from;
  }
}
