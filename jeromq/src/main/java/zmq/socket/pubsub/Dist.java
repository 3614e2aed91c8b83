/*
 * This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of
 * the MPL was not distributed with this file, You can obtain one at http://mozilla.org/MPL/2.0/.
 *
 * Derived from zmq/socket/pubsub/Dist.java of JeroMQ 0.6.0 (https://github.com/zeromq/jeromq), whose
 * authors its file AUTHORS names. Changed by the authors of Frameline, in 2026: it holds a message
 * for each pipe that it goes to. Otherwise only the layout differs.
 */
package zmq.socket.pubsub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import zmq.Msg;
import zmq.PooledMsg;
import zmq.pipe.Pipe;

/**
 * Sends a message to many pipes. They are kept in this order: those that match the message, those
 * that are active, those that have room but joined or got it back in the middle of a message, the
 * rest.
 *
 * <p>Belongs to the thread of its socket.
 */
public class Dist {
  private final List<Pipe> pipes = new ArrayList<>();
  private int matching;
  private int active;
  private int eligible;

  /** Whether the last part that was sent is not the last of its message. */
  private boolean more;

  /** From the next message on, this pipe takes part. */
  public void attach(Pipe pipe) {
    pipes.add(pipe);
    if (more) {
      Collections.swap(pipes, eligible, pipes.size() - 1);
    } else {
      Collections.swap(pipes, active, pipes.size() - 1);
      active++;
    }
    eligible++;
  }

  /** The next message goes to this pipe too, if there is room in it. */
  public void match(Pipe pipe) {
    int idx = pipes.indexOf(pipe);
    if (idx < matching || idx >= eligible) {
      return;
    }
    Collections.swap(pipes, idx, matching);
    matching++;
  }

  /** The next message goes to no pipe, unless it is matched again. */
  public void unmatch() {
    matching = 0;
  }

  /** This pipe is gone. */
  public void terminated(Pipe pipe) {
    if (pipes.indexOf(pipe) < matching) {
      Collections.swap(pipes, pipes.indexOf(pipe), matching - 1);
      matching--;
    }
    if (pipes.indexOf(pipe) < active) {
      Collections.swap(pipes, pipes.indexOf(pipe), active - 1);
      active--;
    }
    if (pipes.indexOf(pipe) < eligible) {
      Collections.swap(pipes, pipes.indexOf(pipe), eligible - 1);
      eligible--;
    }
    pipes.remove(pipe);
  }

  /** This pipe, which was full, has room again. */
  public void activated(Pipe pipe) {
    if (eligible < pipes.size()) {
      Collections.swap(pipes, pipes.indexOf(pipe), eligible);
      eligible++;
    }
    if (!more && active < pipes.size()) {
      Collections.swap(pipes, eligible - 1, active);
      active++;
    }
  }

  /** Sends a part to all pipes. */
  public boolean sendToAll(Msg msg) {
    matching = active;
    return sendToMatching(msg);
  }

  /** Sends a part to the pipes that match; always succeeds, since what has no room is dropped. */
  public boolean sendToMatching(Msg msg) {
    boolean msgMore = msg.hasMore();
    distribute(msg);
    if (!msgMore) {
      active = eligible;
    }
    more = msgMore;
    return true;
  }

  private void distribute(Msg msg) {
    if (msg instanceof PooledMsg pooled) {
      // Before any pipe has it: the first may be done with it before the last gets it. The hold
      // that came with the message is let go in the end, whoever has taken it.
      pooled.hold(matching);
    }
    for (int idx = 0; idx < matching; ++idx) {
      if (!write(pipes.get(idx), msg)) {
        PooledMsg.letGo(msg);
        --idx; // another pipe is there now
      }
    }
    PooledMsg.letGo(msg);
  }

  public boolean hasOut() {
    return true;
  }

  private boolean write(Pipe pipe, Msg msg) {
    if (!pipe.write(msg)) {
      Collections.swap(pipes, pipes.indexOf(pipe), matching - 1);
      matching--;
      Collections.swap(pipes, pipes.indexOf(pipe), active - 1);
      active--;
      Collections.swap(pipes, active, eligible - 1);
      eligible--;
      return false;
    }
    if (!msg.hasMore()) {
      pipe.flush();
    }
    return true;
  }

  public boolean checkHwm() {
    for (int idx = 0; idx < matching; ++idx) {
      if (!pipes.get(idx).checkHwm()) {
        return false;
      }
    }
    return true;
  }

  int active() {
    return active;
  }

  int eligible() {
    return eligible;
  }

  int matching() {
    return matching;
  }
}
