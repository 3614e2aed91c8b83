package zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.frameline.testing.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the classes that ours are derived from are still what they were. */
class TheirReplacedClassesTest {
  private static final Path THEIRS = Checkout.file("jeromq/target/theirs");

  @ParameterizedTest
  @CsvSource({
    "zmq/socket/pubsub/Mtrie.class,1bbc9b89432bc39e175e8883742362025793ae4fdc44bff4869ea071c0a170e3",
    "zmq/io/coder/EncoderBase.class,2e6db7c337109ba8511f461b4665c81165fd273eec3853848f0d70e69db03b3e",
    "zmq/io/coder/Decoder.class,78988035302ca6e8e60a1ae12259a9a2927acd72474c8bd7938a82452a7c1c6c",
    "zmq/socket/pubsub/Dist.class,ee4d4a398812be7b95d3dce302165aab73f74baf3f92678b0be3024a01f59149",
    "zmq/poll/PollerBase.class,c5da670809e33e062588bfac44468bb9dac0d38f9ad07396e665a73cb627129c",
    "zmq/io/IOObject.class,a685acc9eacc28a4bf07e5c605407f6bab75e1db264cb7b16a2503dfb3040cbc",
    "zmq/io/net/tcp/TcpConnecter.class,f7bb2665b016431a7b76dfd5423ea4e9f2041e04b7560952342eb3ef6b8433f4",
    "zmq/io/net/tcp/TcpListener.class,5964edb54b2027a25ec34b5ecb6bee0538443f8adec574b96daf0f5a641fad0e"
  })
  void areAsTheyWere(String name, String sha256) throws IOException, NoSuchAlgorithmException {
    byte[] theirs = Files.readAllBytes(THEIRS.resolve(name));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(theirs);
    assertThat(HexFormat.of().formatHex(digest))
        .as("%s of JeroMQ has changed: derive ours from it again, see jeromq/upstream.patch", name)
        .isEqualTo(sha256);
  }

  @Test
  void haveNoMessagesThatAreLetGo() {
    assertThat(THEIRS.resolve("zmq/PooledMsg.class"))
        .as("JeroMQ has a PooledMsg of its own: remove ours, as docs/decisions/0045 says")
        .doesNotExist();
  }
}
