package dev.latchkey.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Lambda's Runtime API for one function, as far as a function sees it: it asks for the next event,
/// answers it, and asks again. A function that starts from a snapshot says first that the snapshot
/// may be taken.
///
/// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
public final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final long PATIENCE = 60;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch checkpoint = new CountDownLatch(1);
  private final CountDownLatch restored = new CountDownLatch(1);
  private final AtomicInteger sent = new AtomicInteger();
  private volatile boolean hasEnded;

  /// What a function sent back.
  ///
  /// @param path `response` or `error`
  private record Answer(String path, byte[] body) {}

  private RuntimeApi(HttpServer server) {
    this.server = server;
  }

  public static RuntimeApi start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = HttpServer.create(address, 0);
    var api = new RuntimeApi(server);
    server.createContext(ROOT, api::handle);
    server.setExecutor(api.threads);
    server.start();
    return api;
  }

  /// As the function finds it in `AWS_LAMBDA_RUNTIME_API`.
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// Waits until the function asks for its first event.
  public void awaitReady() {
    await(ready, "ask for an event");
  }

  /// Waits until the function is ready for its snapshot.
  public void awaitCheckpoint() {
    await(checkpoint, "be ready for a snapshot");
  }

  /// Goes on as a copy that was started from the snapshot.
  public void restore() {
    restored.countDown();
  }

  /// Sends an event and waits for what the function answers.
  ///
  /// @throws IllegalStateException when the function throws, or does not answer
  public byte[] invoke(byte[] event) {
    events.add(event);
    try {
      var answer = answers.poll(PATIENCE, TimeUnit.SECONDS);
      if (answer == null || !answer.path().equals("response")) {
        throw new IllegalStateException(
            answer == null
                ? "No answer"
                : answer.path() + " " + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Says that the function's process has ended, so that nobody waits for it.
  public void end() {
    hasEnded = true;
    answers.add(new Answer("end of the process", new byte[0]));
    ready.countDown();
    checkpoint.countDown();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath().substring(ROOT.length());
      var body = exchange.getRequestBody().readAllBytes();
      switch (path) {
        case "invocation/next" -> next(exchange);
        case "restore/next" -> {
          checkpoint.countDown();
          restored.await();
          reply(exchange, 200, new byte[0]);
        }
        default -> {
          answers.add(new Answer(path.substring(path.lastIndexOf('/') + 1), body));
          reply(exchange, 202, new byte[0]);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    ready.countDown();
    var event = events.take();
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", "request-" + sent.incrementAndGet());
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(Long.MAX_VALUE / 2));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:0:function:f");
    headers.set("Content-Type", "application/json");
    reply(exchange, 200, event);
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private void await(CountDownLatch latch, String what) {
    try {
      if (!latch.await(PATIENCE, TimeUnit.SECONDS) || hasEnded) {
        throw new IllegalStateException("It did not " + what + ": " + answers);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
