package org.frameline.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.frameline.protocol.Token;
import org.junit.jupiter.api.Test;

class VentilatorRoleTest {
  private static final ByteBuffer ONE = ByteBuffer.wrap(new byte[] {1});
  private static final ByteBuffer TWO = ByteBuffer.wrap(new byte[] {2});

  private final VentilatorRole role = new VentilatorRole();

  @Test
  void whoShowedATokenFirstIsTheVentilatorByWhateverConnection() {
    assertThat(role.admits("a", ONE, true)).isTrue();
    assertThat(role.admits("b", TWO, true)).isFalse();
    assertThat(role.admits(Token.NONE, TWO, true)).isFalse();
    assertThat(role.admits(Token.NONE, ONE, false)).as("by its own connection").isFalse();
    assertThat(role.admits("a", TWO, false)).isTrue();
    role.gone(ONE);
    assertThat(role.admits("b", ONE, true)).as("an earlier connection").isFalse();
  }

  @Test
  void anotherOneBeginsWhenTheConnectionHasEnded() {
    role.admits("a", ONE, true);
    role.gone(ONE);
    assertThat(role.admits("b", TWO, false)).isFalse();
    assertThat(role.admits("a", TWO, false)).as("it is back").isTrue();
    role.gone(TWO);
    assertThat(role.admits("b", ONE, true)).isTrue();
    assertThat(role.admits("a", TWO, true)).isFalse();
  }

  @Test
  void nobodyBeginsWithTheEnd() {
    assertThat(role.admits("a", ONE, false)).isFalse();
    assertThat(role.admits(Token.NONE, ONE, false)).isFalse();
  }

  @Test
  void whoHasNoTokenIsNotProtected() {
    assertThat(role.admits(Token.NONE, ONE, true)).isTrue();
    assertThat(role.admits(Token.NONE, TWO, false)).isTrue();
    assertThat(role.admits("a", TWO, true)).as("nor keeps out who is").isTrue();
    assertThat(role.admits(Token.NONE, ONE, true)).isFalse();
  }
}
