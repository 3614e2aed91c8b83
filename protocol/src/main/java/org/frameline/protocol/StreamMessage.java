package org.frameline.protocol;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What travels on the data sockets: three parts, topic, header and payload. Immutable. */
public sealed interface StreamMessage {

  /** The first part; subscriptions match its beginning. */
  String topic();

  /**
   * One array.
   *
   * @param payload {@code header.payloadBytes()} bytes, C order, no padding, little endian; never
   *     written again once it is in a message, since queues hold on to it
   */
  record Frame(String topic, FrameHeader header, ByteBuffer payload) implements StreamMessage {
    public Frame {
      Objects.requireNonNull(topic, "topic");
      if (payload.remaining() != header.payloadBytes()) {
        throw new IllegalArgumentException(
            "payload: expected "
                + header.payloadBytes()
                + " bytes for shape "
                + header.shape()
                + " of "
                + header.type().wireName()
                + ", found "
                + payload.remaining());
      }
    }
  }

  /**
   * An array whose elements are in a ring of its sender, {@code "htype":"reference-1.0"}: a frame
   * in the publisher's or the ventilator's, a spectrum in the worker's. The payload is empty.
   *
   * @param header that of the array
   */
  record Reference(String topic, FrameHeader header) implements StreamMessage {
    public static final String HTYPE = "reference-1.0";

    /** Before the topic of the frames: who cannot read the ring subscribes to the other one. */
    public static final String TOPIC = "ring/";

    public Reference {
      Objects.requireNonNull(topic, "topic");
      Objects.requireNonNull(header, "header");
    }

    /** The topic under which the array itself would travel. */
    public String arrayTopic() {
      return topic.startsWith(TOPIC) ? topic.substring(TOPIC.length()) : topic;
    }
  }

  /**
   * Several of them in one message, {@code "htype":"references-1.0"}, for who has said that it
   * takes so many; the payload is empty.
   *
   * @param headers 1 to {@value #MOST} of them, in the order of their arrays
   */
  record References(String topic, List<FrameHeader> headers) implements StreamMessage {
    public static final String HTYPE = "references-1.0";

    /** The key under which a program says how many it takes in one message. */
    public static final String KEY = "references";

    /** More are refused. */
    public static final int MOST = 64;

    /**
     * Before the topic of the frames, for subscribers that take several; who takes them one by one
     * has {@link Reference#TOPIC}.
     */
    public static final String TOPIC = "rings/";

    public References {
      Objects.requireNonNull(topic, "topic");
      headers = List.copyOf(headers);
      if (headers.isEmpty() || headers.size() > MOST) {
        throw new IllegalArgumentException(
            "references: expected 1 to " + MOST + ", found " + headers.size());
      }
    }

    /** A message for some references under one topic, as short as it can be. */
    public static StreamMessage of(List<Reference> some) {
      return some.size() == 1
          ? some.get(0)
          : new References(some.get(0).topic(), some.stream().map(Reference::header).toList());
    }

    /** Each by itself. */
    public List<Reference> each() {
      return headers.stream().map(header -> new Reference(topic, header)).toList();
    }
  }

  /**
   * The stream is over, {@code "htype":"series_end-1.0"}; the payload is empty.
   *
   * @param frames how many frames were published, so the last one is {@code frames - 1}
   */
  record SeriesEnd(String topic, String stream, long frames) implements StreamMessage {
    public static final String HTYPE = "series_end-1.0";

    public SeriesEnd {
      Objects.requireNonNull(topic, "topic");
      Objects.requireNonNull(stream, "stream");
      if (frames < 0 || frames > FrameHeader.MAX_FRAME) {
        throw new IllegalArgumentException("frames: expected 0 to 2^53-1, found " + frames);
      }
    }
  }

  /**
   * A worker tells the sink that it is ready or leaves, {@code "htype":"worker-1.0"}; the payload
   * is empty.
   *
   * @param worker names one run of one worker
   * @param extra all other keys
   */
  record WorkerNotice(String topic, String worker, State state, Map<String, Object> extra)
      implements StreamMessage {
    public static final String HTYPE = "worker-1.0";

    /** The two ends of a worker's life. */
    public enum State {
      READY,
      LEAVING
    }

    public WorkerNotice {
      Objects.requireNonNull(topic, "topic");
      Objects.requireNonNull(worker, "worker");
      Objects.requireNonNull(state, "state");
      extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }
  }
}
