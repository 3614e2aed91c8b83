/*
 * This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of
 * the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.
 *
 * In place of zmq/socket/pubsub/Mtrie.java of JeroMQ 0.6.0 (https://github.com/zeromq/jeromq), and
 * used in the same way. Written by the authors of Frameline, in 2026.
 */
package zmq.socket.pubsub;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import zmq.Msg;
import zmq.pipe.Pipe;

/**
 * Who has subscribed to what: topics, and for each the pipes whose messages are to begin with it.
 *
 * <p>JeroMQ's own class is a tree with a node for each byte, which a stranger can grow until there
 * is no memory left. Here a topic is as large as it is, and a pipe has only so many, of such a
 * length; what is above that is left out.
 *
 * <p>Belongs to the thread of its socket.
 */
class Mtrie {
  /** Topics of one pipe. */
  static final int MOST_TOPICS = 32;

  /** Bytes of a topic. */
  static final int LONGEST_TOPIC = 512;

  /** Is told of pipes. */
  public interface IMtrieHandler {
    void invoke(Pipe pipe, byte[] data, int size, XPub arg);
  }

  private final Map<ByteBuffer, Set<Pipe>> pipes = new HashMap<>();
  private final Map<Pipe, Set<ByteBuffer>> topics = new HashMap<>();

  /** How many topics there are of each length. */
  private final TreeMap<Integer, Integer> lengths = new TreeMap<>();

  /** This pipe wants everything; returns whether nobody else does. */
  final boolean addOnTop(Pipe pipe) {
    return add(ByteBuffer.allocate(0), pipe);
  }

  /**
   * Adds a subscription.
   *
   * @param msg one byte, then the topic
   * @return whether nobody else has that topic
   */
  public boolean add(Msg msg, Pipe pipe) {
    return add(topic(msg), pipe);
  }

  private static ByteBuffer topic(Msg msg) {
    byte[] topic = new byte[msg.size() - 1];
    msg.getBytes(1, topic, 0, topic.length);
    return ByteBuffer.wrap(topic);
  }

  private boolean add(ByteBuffer topic, Pipe pipe) {
    Set<ByteBuffer> its = topics.computeIfAbsent(pipe, key -> new HashSet<>());
    if (topic.capacity() > LONGEST_TOPIC || (its.size() == MOST_TOPICS && !its.contains(topic))) {
      return false;
    }
    its.add(topic);
    Set<Pipe> all = pipes.computeIfAbsent(topic, key -> new HashSet<>());
    if (all.isEmpty()) {
      lengths.merge(topic.capacity(), 1, Integer::sum);
    }
    all.add(pipe);
    return all.size() == 1;
  }

  /** Removes a pipe, and tells of each topic that nobody has any more. */
  public boolean rm(Pipe pipe, IMtrieHandler func, XPub pub) {
    Set<ByteBuffer> its = topics.remove(pipe);
    if (its == null) {
      return false;
    }
    for (ByteBuffer topic : its) {
      if (removeFrom(topic, pipe)) {
        byte[] bytes = new byte[topic.capacity()];
        topic.get(0, bytes);
        func.invoke(pipe, bytes, bytes.length, pub);
      }
    }
    return true;
  }

  /**
   * Removes a subscription.
   *
   * @param msg one byte, then the topic
   * @return whether nobody has that topic any more
   */
  public boolean rm(Msg msg, Pipe pipe) {
    ByteBuffer topic = topic(msg);
    Set<ByteBuffer> its = topics.get(pipe);
    return its != null && its.remove(topic) && removeFrom(topic, pipe);
  }

  private boolean removeFrom(ByteBuffer topic, Pipe pipe) {
    Set<Pipe> all = pipes.get(topic);
    all.remove(pipe);
    if (all.isEmpty()) {
      pipes.remove(topic);
      lengths.computeIfPresent(topic.capacity(), (length, count) -> count == 1 ? null : count - 1);
    }
    return all.isEmpty();
  }

  /**
   * Tells of each pipe with a topic that the first {@code size} bytes begin with; perhaps twice.
   */
  public void match(ByteBuffer data, int size, IMtrieHandler func, XPub pub) {
    ByteBuffer start = data.duplicate();
    for (int length : lengths.headMap(size, true).keySet()) {
      start.position(0).limit(length);
      Set<Pipe> all = pipes.get(start);
      if (all != null) {
        all.forEach(pipe -> func.invoke(pipe, null, 0, pub));
      }
    }
  }
}
