package dev.latchkey.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands between an AWS client and a service, and lets happen what a plan says.
public final class FaultProxy implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI service;
  private final FaultPlan plan;
  private final Duration delay;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

  private FaultProxy(HttpServer server, URI service, FaultPlan plan, Duration delay) {
    this.server = server;
    this.service = service;
    this.plan = plan;
    this.delay = delay;
  }

  /// Starts in front of a service, on a free port of the loopback interface.
  ///
  /// @param delay how late a delayed answer is
  public static FaultProxy before(URI service, FaultPlan plan, Duration delay) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var proxy = new FaultProxy(server, service, plan, delay);
    server.setExecutor(proxy.threads);
    server.createContext("/", proxy::handle);
    server.start();
    return proxy;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// How often each fault happened.
  public Map<Fault, Integer> counts() {
    synchronized (counts) {
      return new EnumMap<>(counts);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      var fault = plan.next(target.substring(target.lastIndexOf('.') + 1));
      fault.ifPresent(this::count);
      serve(exchange, exchange.getRequestBody().readAllBytes(), fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(HttpExchange exchange, byte[] body, Optional<Fault> fault)
      throws IOException, InterruptedException {
    if (fault.isEmpty()) {
      answer(exchange, forward(exchange, body));
      return;
    }
    switch (fault.get()) {
      case REQUEST_DROPPED -> {}
      case RESPONSE_DROPPED -> forward(exchange, body);
      case RESPONSE_DELAYED -> {
        var late = forward(exchange, body);
        Thread.sleep(delay);
        answer(exchange, late);
      }
      case REQUEST_DOUBLED -> {
        forward(exchange, body);
        answer(exchange, forward(exchange, body));
      }
      case RESPONSE_TRUNCATED -> truncate(exchange, forward(exchange, body));
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(service)
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (var name : new String[] {"X-Amz-Target", "X-Amz-Date", "Authorization", "Content-Type"}) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
          .ifPresent(value -> request.header(name, value));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    begin(exchange, response);
    exchange.getResponseBody().write(response.body());
  }

  /// Promises the whole answer and closes the connection after half of it.
  private static void truncate(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    begin(exchange, response);
    exchange.getResponseBody().write(response.body(), 0, response.body().length / 2);
    exchange.getResponseBody().flush();
  }

  private static void begin(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    for (var name : new String[] {"Content-Type", "x-amz-crc32", "x-amzn-RequestId"}) {
      response
          .headers()
          .firstValue(name)
          .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
    }
    exchange.sendResponseHeaders(response.statusCode(), response.body().length);
  }

  private void count(Fault fault) {
    synchronized (counts) {
      counts.merge(fault, 1, Integer::sum);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.close();
  }
}
