package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlMessageTest {

  private static ControlMessage read(String json) throws MalformedMessageException {
    return ControlMessage.decode(Samples.utf8(json));
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    ControlMessage message =
        ControlMessage.request("ready")
            .with("subscriber", "recorder-1")
            .with("next_frame", 5_000_000_000L)
            .with("workers", List.of("a", "b"));
    ControlMessage read = ControlMessage.decode(message.encode());
    assertThat(read.text("request")).contains("ready");
    assertThat(read.text("subscriber")).contains("recorder-1");
    assertThat(read.count("next_frame")).contains(5_000_000_000L);
    assertThat(read.texts("workers")).containsExactly("a", "b");
    assertThat(read).isEqualTo(message);
  }

  @Test
  void saysYesOrNoWithAReason() throws Exception {
    assertThat(read("{\"ok\":true}")).isEqualTo(ControlMessage.ok());
    assertThat(ControlMessage.ok().isOk()).isTrue();
    ControlMessage error = ControlMessage.error("there is no frame yet");
    assertThat(error.isOk()).isFalse();
    assertThat(new String(error.encode(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"ok\":false,\"error\":\"there is no frame yet\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "1.5",
        "\"7\"",
        "true",
        "null",
        "[]",
        "1e3",
        "9007199254740992",
        "99999999999999999999"
      })
  void whatIsNoCountIsAbsent(String value) throws Exception {
    assertThat(read("{\"n\":" + value + "}").count("n")).isEmpty();
  }

  @Test
  void otherTypesAreAbsentToo() throws Exception {
    ControlMessage message = read("{\"ok\":\"true\",\"request\":5,\"workers\":[\"a\",1,null]}");
    assertThat(message.isOk()).isFalse();
    assertThat(message.text("request")).isEmpty();
    assertThat(message.texts("workers")).containsExactly("a");
    assertThat(message.texts("request")).isEmpty();
    assertThat(message.isTrue("nothing")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{}x", "{\"a\":1,\"a\":2}"})
  void refusesWhatIsNotOneObject(String json) {
    assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> read(json));
  }

  @Test
  void refusesMoreThanItsSizeUnread() {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> ControlMessage.decode(new byte[ControlMessage.MAX_BYTES + 1]))
        .withMessage("control message: expected at most 65536 bytes, found 65537 bytes");
  }
}
