package org.frameline.publisher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A web camera on loopback: the same JPEG picture 20 times a second until it is closed. */
final class MjpegCamera implements AutoCloseable {
  private static final int PERIOD_MS = 50;
  private static final int CLOSE_WITHIN_S = 10;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);

  MjpegCamera(byte[] picture, int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/mjpeg", exchange -> show(exchange, picture));
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + port() + "/mjpeg";
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void show(HttpExchange exchange, byte[] picture) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace;boundary=next");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      do {
        String head =
            "--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                .formatted(picture.length);
        body.write(head.getBytes(StandardCharsets.US_ASCII));
        body.write(picture);
        body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        body.flush();
      } while (!closing.await(PERIOD_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_WITHIN_S, TimeUnit.SECONDS)) {
        throw new AssertionError("the camera did not close");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
