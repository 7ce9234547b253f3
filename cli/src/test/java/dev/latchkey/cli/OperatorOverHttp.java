package dev.latchkey.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.endpoint.OperatorFunction;
import dev.latchkey.events.LambdaContext;
import dev.latchkey.http.Json;
import dev.latchkey.wiring.Wiring;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The operator function at an address, as a sandbox has it.
final class OperatorOverHttp implements AutoCloseable {
  private final HttpServer server;
  private final OperatorFunction function;
  private final List<Map<String, Object>> received = new ArrayList<>();

  OperatorOverHttp(Wiring wiring) {
    function = new OperatorFunction(wiring);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/sandbox/operator", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The commands that arrived, in their order.
  List<Map<String, Object>> received() {
    return List.copyOf(received);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var command = exchange.getRequestBody().readAllBytes();
    received.add(Json.readObject(new ByteArrayInputStream(command)));
    var out = new ByteArrayOutputStream();
    function.handleRequest(new ByteArrayInputStream(command), out, new LambdaContext());
    var isRefused = Json.readObject(out.toString(StandardCharsets.UTF_8)).containsKey("error");
    reply(exchange, isRefused ? 400 : 200, out.toByteArray());
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
