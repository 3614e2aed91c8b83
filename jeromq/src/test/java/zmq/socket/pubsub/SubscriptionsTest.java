package zmq.socket.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Who gets what, over real connections. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class SubscriptionsTest {
  private static final int PATIENCE_MS = 20_000;
  private static final String END = "";

  private final ZContext context = new ZContext();
  private final ZMQ.Socket pub = socket(SocketType.XPUB);
  private final List<ZMQ.Socket> subscribers = new ArrayList<>();

  SubscriptionsTest() {
    pub.setXpubVerbose(true);
    pub.bind("tcp://127.0.0.1:*");
  }

  @AfterEach
  void end() {
    context.close();
  }

  @Test
  void aMessageReachesThoseWhoseTopicItBeginsWith() {
    long seed = System.nanoTime();
    System.out.println("subscriptions, seed " + seed);
    Random random = new Random(seed);
    pub.setXpubVerboser(true);
    List<Set<String>> topics = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      subscribe();
      topics.add(new HashSet<>());
    }
    for (int round = 0; round < 200; round++) {
      int who = random.nextInt(subscribers.size());
      String topic = text(random);
      // What it has already it does not ask for again.
      boolean subscribes = topics.get(who).isEmpty() || topics.get(who).add(topic);
      String chosen = subscribes ? topic : topics.get(who).iterator().next();
      if (subscribes) {
        topics.get(who).add(chosen);
      } else {
        topics.get(who).remove(chosen);
      }
      send(subscribers.get(who), subscribes, chosen);
      assertThat(pub.recv()).as("subscription of %s", chosen).isNotNull();
    }
    List<String> messages = Stream.generate(() -> text(random)).limit(300).toList();
    messages.forEach(pub::send);
    for (int who = 0; who < subscribers.size(); who++) {
      Set<String> its = topics.get(who);
      List<String> wanted =
          messages.stream().filter(text -> its.stream().anyMatch(text::startsWith)).toList();
      for (String text : wanted) {
        assertThat(subscribers.get(who).recvStr()).isEqualTo(text);
      }
    }
  }

  @Test
  void aPeerThatIsGoneWantsNothingAnyMore() {
    ZMQ.Socket goes = subscribe();
    ZMQ.Socket stays = subscribe();
    for (String topic : List.of("a", "b")) {
      send(goes, true, topic);
      pub.recv();
    }
    send(stays, true, "b");
    pub.recv();
    goes.close();
    assertThat(pub.recv()).as("nobody else has it").isEqualTo(new byte[] {0, 'a'});
    pub.send("b");
    assertThat(stays.recvStr()).isEqualTo("b");
  }

  @Test
  void aPeerHasSoManyTopicsOfSuchALength() {
    ZMQ.Socket greedy = subscribe();
    ZMQ.Socket other = subscribe();
    send(greedy, true, "x".repeat(Mtrie.LONGEST_TOPIC + 1));
    for (int n = 0; n < Mtrie.MOST_TOPICS + 10; n++) {
      send(greedy, true, "topic " + n + ".");
    }
    send(other, true, "topic " + (Mtrie.MOST_TOPICS + 5) + ".");
    send(other, true, END);
    for (int n = 0; n < Mtrie.MOST_TOPICS + 13; n++) {
      assertThat(pub.recv()).isNotNull();
    }
    pub.send("x".repeat(Mtrie.LONGEST_TOPIC + 1));
    pub.send("topic " + (Mtrie.MOST_TOPICS + 5) + ".");
    pub.send("topic " + (Mtrie.MOST_TOPICS - 1) + ".");
    assertThat(greedy.recvStr()).isEqualTo("topic " + (Mtrie.MOST_TOPICS - 1) + ".");
    assertThat(other.recvStr()).hasSize(Mtrie.LONGEST_TOPIC + 1);
    assertThat(other.recvStr()).isEqualTo("topic " + (Mtrie.MOST_TOPICS + 5) + ".");
  }

  private static String text(Random random) {
    int length = 1 + random.nextInt(4);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(3)));
    }
    return text.toString();
  }

  private static void send(ZMQ.Socket subscriber, boolean subscribes, String topic) {
    subscriber.send(((subscribes ? "\1" : "\0") + topic).getBytes(StandardCharsets.ISO_8859_1), 0);
  }

  private ZMQ.Socket subscribe() {
    ZMQ.Socket socket = socket(SocketType.XSUB);
    socket.connect(pub.getLastEndpoint());
    subscribers.add(socket);
    return socket;
  }

  private ZMQ.Socket socket(SocketType type) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setReceiveTimeOut(PATIENCE_MS);
    socket.setHWM(0);
    socket.setLinger(0);
    return socket;
  }
}
