package org.frameline.ventilator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DispatchTest {
  private final Dispatch dispatch = new Dispatch(4);

  private void dispatch(int frames) {
    for (int i = 0; i < frames; i++) {
      dispatch.dispatched();
    }
  }

  @Test
  void hasRoomUntilTheWindowIsFull() {
    dispatch(3);
    assertThat(dispatch.windowHasRoom()).isTrue();
    assertThat(dispatch.inFlight()).isEqualTo(3);
    dispatch(1);
    assertThat(dispatch.windowHasRoom()).isFalse();
    assertThat(dispatch.windowHalfFull()).isTrue();
  }

  @Test
  void hasRoomAgainWhenTheSinkHasMore() {
    dispatch.sinkReceived("a", 0);
    dispatch(4);
    assertThat(dispatch.sinkReceived("a", 3)).isTrue();
    assertThat(dispatch.sinkReceived("a", 3)).as("nothing new").isFalse();
    assertThat(dispatch.sinkReceived("a", 2)).as("an old answer").isFalse();
    assertThat(dispatch.inFlight()).isEqualTo(1);
    assertThat(dispatch.windowHalfFull()).isFalse();
    assertThat(dispatch.undelivered()).isEqualTo(1);
    assertThat(dispatch.total()).isEqualTo(4);
  }

  @Test
  void whatTheSinkHadBeforeUsIsNotOurs() {
    assertThat(dispatch.sinkReceived("a", 100)).isFalse();
    dispatch(4);
    assertThat(dispatch.windowHasRoom()).isFalse();
    dispatch.sinkReceived("a", 101);
    assertThat(dispatch.inFlight()).isEqualTo(3);
    assertThat(dispatch.undelivered()).isEqualTo(3);
  }

  @Test
  void aSinkThatIsRestartedDoesNotBlockTheWindow() {
    dispatch.sinkReceived("a", 0);
    dispatch(4);
    dispatch.sinkReceived("a", 1);
    dispatch.sinkReceived("b", 0);
    assertThat(dispatch.inFlight()).isZero();
    assertThat(dispatch.undelivered()).as("three went down with the old sink").isEqualTo(3);
  }

  @Test
  void framesThatReachTheNewSinkAfterAllDoNotWidenTheWindow() {
    dispatch.sinkReceived("a", 0);
    dispatch(4);
    dispatch.sinkReceived("b", 0);
    // The workers still held three of the four.
    dispatch.sinkReceived("b", 3);
    assertThat(dispatch.inFlight()).isZero();
    assertThat(dispatch.undelivered()).isEqualTo(1);
    dispatch(4);
    assertThat(dispatch.windowHasRoom()).isFalse();
  }
}
