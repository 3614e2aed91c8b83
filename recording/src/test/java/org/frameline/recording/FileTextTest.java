package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"gain", "a/b", ".", "..", "größe", "a\u001bb", "a\nb", "😀"})
  void namesThatH5pyListsAreKept(String name) {
    assertThat(FileText.isAttributeName(name)).isTrue();
    assertThat(FileText.isAttributeName("x".repeat(255))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0", "a\0", "\0a", "a\0b"})
  void namesThatEndBeforeTheirEndAreNot(String name) {
    assertThat(FileText.isAttributeName(name)).isFalse();
    assertThat(FileText.isLinkName(name)).isFalse();
  }

  @Test
  void norAreHalvesOfCharactersOrNamesWithoutAnEnd() {
    assertThat(FileText.isAttributeName("a\ud83d")).isFalse();
    assertThat(FileText.isAttributeName("x".repeat(256))).isFalse();
  }

  @Test
  void aLinkIsNoPath() {
    assertThat(FileText.isLinkName("entry_2")).isTrue();
    assertThat(FileText.isLinkName("a.b")).isTrue();
    assertThat(FileText.isLinkName("a/b")).isFalse();
    assertThat(FileText.isLinkName(".")).isFalse();
  }

  @Test
  void aTextKeepsAllThatAFileCanHold() {
    assertThat(FileText.of("größe\n😀")).isEqualTo("größe\n😀");
    assertThat(FileText.of("a\0b\ud83d")).isEqualTo("a\ufffdb\ufffd");
  }
}
