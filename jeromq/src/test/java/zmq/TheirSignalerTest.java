package zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Collections;
import java.util.stream.Stream;
import org.frameline.testing.Checkout;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whether our class is the one that is used, and whether it is still needed. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class TheirSignalerTest {
  private static final String SIGNALER = "zmq/Signaler.class";
  private static final String CONTEXT = "zmq/Ctx.class";

  @Test
  void thereIsOneSignalerAndItIsBesideTheRestOfJeroMq() throws IOException {
    ClassLoader loader = getClass().getClassLoader();
    URL signaler = Collections.list(loader.getResources(SIGNALER)).iterator().next();
    assertThat(Collections.list(loader.getResources(SIGNALER))).hasSize(1);
    assertThat(Collections.list(loader.getResources(CONTEXT))).hasSize(1);
    assertThat(signaler.toString().replace(SIGNALER, CONTEXT))
        .isEqualTo(loader.getResource(CONTEXT).toString());
  }

  @Test
  void oursCountsASignalBeforeItWritesIt() throws Exception {
    assertThat(countsBeforeItWrites(getClass().getClassLoader())).isTrue();
  }

  @Test
  void theirsDoesNotYet() throws Exception {
    URL theirs = Checkout.file("jeromq/target/theirs").toUri().toURL();
    URL rest = Ctx.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {theirs, rest}, ClassLoader.getPlatformClassLoader())) {
      assertThat(
              loader.loadClass("zmq.Signaler").getProtectionDomain().getCodeSource().getLocation())
          .isEqualTo(theirs);
      assertThat(countsBeforeItWrites(loader))
          .as(
              "JeroMQ counts signals before it writes them: remove the module jeromq and depend on"
                  + " org.zeromq:jeromq again, as docs/decisions/0038-jeromq-signaler.md says")
          .isFalse();
    }
  }

  /** The pipe is full, so that the sender stays where it writes until the count was looked at. */
  private static boolean countsBeforeItWrites(ClassLoader loader) throws Exception {
    Object context = loader.loadClass("zmq.Ctx").getConstructor().newInstance();
    Object errno = loader.loadClass("zmq.util.Errno").getConstructor().newInstance();
    Class<?> type = loader.loadClass("zmq.Signaler");
    Constructor<?> maker =
        type.getDeclaredConstructor(context.getClass(), int.class, errno.getClass());
    maker.setAccessible(true);
    Object signaler = maker.newInstance(context, 1, errno);
    Method waitEvent = method(type, "waitEvent", long.class);
    ReadableByteChannel source = (ReadableByteChannel) method(type, "getFd").invoke(signaler);
    WritableByteChannel sink = (WritableByteChannel) field(type, "w").get(signaler);
    while (sink.write(ByteBuffer.allocate(1 << 12)) > 0) {
      // Goes on until nothing fits any more.
    }
    Method send = method(type, "send");
    Thread sender = new Thread(() -> call(send, signaler));
    sender.start();
    while (!isWriting(sender)) {
      Thread.onSpinWait();
    }
    boolean counted = (boolean) waitEvent.invoke(signaler, 0L);
    while (sender.isAlive()) {
      source.read(ByteBuffer.allocate(1 << 16));
    }
    assertThat((boolean) waitEvent.invoke(signaler, 0L)).as("counted in the end").isTrue();
    method(type, "close").invoke(signaler);
    return counted;
  }

  private static boolean isWriting(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("sun.nio.ch."));
  }

  private static void call(Method method, Object target) {
    try {
      method.invoke(target);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    Method method = type.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
