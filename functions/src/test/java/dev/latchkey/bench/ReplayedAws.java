package dev.latchkey.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// DynamoDB and KMS for functions that are measured: a process that answers from recordings, over
/// TLS, each recording at a port of its own. Its standard input takes `serve FILE`, `cut PORT`,
/// which ends all connections, and `end PORT`; each is answered by one line.
final class ReplayedAws {
  private final SSLContext tls;
  private final Map<Integer, Served> served = new HashMap<>();

  private record Served(HttpsServer server, ReplayedCalls calls) {}

  private ReplayedAws(SSLContext tls) {
    this.tls = tls;
  }

  /// Answers until its standard input ends.
  ///
  /// @param arguments the key store that it shows, and the file of its password
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    var password = Files.readString(Path.of(arguments[1])).strip().toCharArray();
    var keys = KeyStore.getInstance(Path.of(arguments[0]).toFile(), password);
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    var aws = new ReplayedAws(tls);
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(aws.obey(line.split(" ", 2)));
      }
    }
    System.exit(0);
  }

  private String obey(String[] command) throws IOException {
    if (command[0].equals("serve")) {
      return listen(0, new ReplayedCalls(Recording.read(Path.of(command[1]))));
    }
    var port = Integer.parseInt(command[1]);
    var ended = Objects.requireNonNull(served.remove(port), command[1]);
    ended.server().stop(0);
    return switch (command[0]) {
      case "cut" -> listen(port, ended.calls());
      case "end" -> String.join(";", ended.calls().counted());
      default -> throw new IllegalArgumentException(command[0]);
    };
  }

  /// @return the port
  private String listen(int port, ReplayedCalls calls) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    server.createContext("/", exchange -> handle(exchange, calls));
    server.start();
    served.put(server.getAddress().getPort(), new Served(server, calls));
    return String.valueOf(server.getAddress().getPort());
  }

  private static void handle(HttpExchange exchange, ReplayedCalls answers) throws IOException {
    try (exchange) {
      var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (target == null) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      var answer = answers.answer(target, body);
      var out = answer.answer().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      // As DynamoDB does; the SDKs check it.
      var sum = new CRC32();
      sum.update(out);
      exchange.getResponseHeaders().set("X-Amz-Crc32", String.valueOf(sum.getValue()));
      exchange.sendResponseHeaders(answer.status(), out.length);
      exchange.getResponseBody().write(out);
    }
  }
}
