package org.frameline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

class NoThreadLeftTest {
  private static final ExtensionContext NONE = null;

  @Test
  void failsWhileAThreadLivesOnAndPassesAfterwards() throws Exception {
    NoThreadLeft check = new NoThreadLeft();
    check.beforeAll(NONE);
    CountDownLatch end = new CountDownLatch(1);
    Thread left = new Thread(() -> awaitQuietly(end), "left behind");
    left.start();
    assertThat(check.left()).containsExactly("left behind");
    end.countDown();
    left.join();
    check.afterAll(NONE);
  }

  @Test
  void takesNoDaemonAmissButThoseOfJeroMq() throws Exception {
    NoThreadLeft check = new NoThreadLeft();
    check.beforeAll(NONE);
    CountDownLatch end = new CountDownLatch(1);
    for (String name : new String[] {"a daemon", "iothread-2"}) {
      Thread daemon = new Thread(() -> awaitQuietly(end), name);
      daemon.setDaemon(true);
      daemon.start();
    }
    assertThat(check.left()).containsExactly("iothread-2");
    end.countDown();
    check.afterAll(NONE);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
