package zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import zmq.util.Errno;

@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class SignalerTest {
  private static final int SENDERS = 4;
  private static final int FOR_EVER = -1;

  private final Errno errno = new Errno();
  private final Signaler signaler = new Signaler(new Ctx(), 1, errno);
  private final List<Thread> started = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    signaler.close();
    for (Thread thread : started) {
      thread.join();
    }
  }

  private void start(Runnable action) {
    Thread thread = new Thread(action);
    started.add(thread);
    thread.start();
  }

  private void startSenders(int signalsEach, long pauseNs) {
    for (int i = 0; i < SENDERS; i++) {
      start(
          () -> {
            for (int j = 0; j < signalsEach; j++) {
              signaler.send();
              if (pauseNs > 0) {
                LockSupport.parkNanos(pauseNs);
              }
            }
          });
    }
  }

  private void requireNothingLeft() throws IOException {
    assertThat(signaler.waitEvent(0)).isFalse();
    assertThat(errno.get()).isEqualTo(ZError.EAGAIN);
    try (Selector selector = Selector.open()) {
      signaler.getFd().register(selector, SelectionKey.OP_READ);
      assertThat(selector.selectNow()).as("bytes left in the pipe").isZero();
    }
  }

  @Test
  void losesNoSignalOfManySenders() throws Exception {
    int each = 20_000;
    startSenders(each, 0);
    for (int i = 0; i < SENDERS * each; i++) {
      assertThat(signaler.waitEvent(FOR_EVER)).as("signal %d", i).isTrue();
      signaler.recv();
    }
    requireNothingLeft();
  }

  /**
   * As an I/O thread does: the system says that there is something, and then the count is asked.
   */
  @Test
  void whoeverWakesFindsASignal() throws Exception {
    int each = 2_000;
    int received = 0;
    int wokenForNothing = 0;
    try (Selector selector = Selector.open()) {
      signaler.getFd().register(selector, SelectionKey.OP_READ);
      startSenders(each, 20_000);
      while (received < SENDERS * each) {
        selector.select();
        selector.selectedKeys().clear();
        int before = received;
        while (signaler.waitEvent(0)) {
          signaler.recv();
          received++;
        }
        wokenForNothing += received == before ? 1 : 0;
      }
    }
    assertThat(wokenForNothing).isZero();
    requireNothingLeft();
  }

  @Test
  void waitsNoLongerThanItIsTold() {
    long start = System.nanoTime();
    assertThat(signaler.waitEvent(50)).isFalse();
    assertThat(errno.get()).isEqualTo(ZError.EAGAIN);
    assertThat(System.nanoTime() - start).isBetween(45_000_000L, 5_000_000_000L);
  }

  @Test
  void aReaderThatIsInterruptedIsToldAndCanGoOn() throws Exception {
    Thread reader = Thread.currentThread();
    start(
        () -> {
          while (!isSelecting(reader)) {
            Thread.onSpinWait();
          }
          reader.interrupt();
        });
    assertThat(signaler.waitEvent(FOR_EVER)).isFalse();
    assertThat(errno.get()).isEqualTo(ZError.EINTR);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    signaler.send();
    assertThat(signaler.waitEvent(FOR_EVER)).isTrue();
    signaler.recv();
    requireNothingLeft();
  }

  private static boolean isSelecting(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("select"));
  }

  @Test
  void aSenderThatIsInterruptedSendsAllTheSameAndStaysInterrupted() throws Exception {
    Thread.currentThread().interrupt();
    signaler.send();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(signaler.waitEvent(0)).isTrue();
    Thread.currentThread().interrupt();
    signaler.recv();
    assertThat(Thread.interrupted()).isTrue();
    requireNothingLeft();
  }

  @Test
  void onceItIsClosedThereIsNobodyToWake() throws Exception {
    signaler.close();
    signaler.send();
    assertThat(signaler.waitEvent(0)).isFalse();
    assertThat(signaler.waitEvent(FOR_EVER)).isFalse();
    assertThat(errno.get()).isEqualTo(ZError.EINTR);
  }

  @Test
  void canBeClosedWhileOthersSend() throws Exception {
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Signaler one = new Signaler(new Ctx(), i, new Errno());
      Thread sender =
          new Thread(
              () -> {
                for (int j = 0; j < 50; j++) {
                  one.send();
                }
              });
      sender.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
      sender.start();
      one.waitEvent(FOR_EVER);
      one.close();
      sender.join();
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void aPipeThatBreaksWhileItIsOpenIsAFailureAndNoSignal() throws Exception {
    signaler.getFd().close();
    // Closed for the system only once the selector let go of it.
    assertThat(signaler.waitEvent(1)).isFalse();
    assertThatExceptionOfType(ZError.IOException.class).isThrownBy(signaler::send);
    assertThat(signaler.waitEvent(0)).isFalse();
  }
}
