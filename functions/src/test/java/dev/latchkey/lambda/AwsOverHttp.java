package dev.latchkey.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.aws.AwsClients;
import dev.latchkey.http.Json;
import dev.latchkey.wiring.Settings;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// DynamoDB and KMS of this process for other processes, at one address of the loopback interface.
public final class AwsOverHttp implements AutoCloseable {
  /// Names of the tables as those processes call them, whatever they are called behind.
  public static final Settings.Tables TABLES =
      new Settings.Tables("table-of-families", "table-of-ephemeral", "table-of-registry");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final Behind behind;

  /// A call and its answer.
  ///
  /// @param target such as `DynamoDB_20120810.GetItem`, `TrentService.Sign` or, for what is no
  ///   operation, `GET /ping`
  /// @param request JSON, as is `answer`
  public record Exchange(String target, String request, int status, String answer) {}

  private record Behind(AwsClients clients, Settings.Tables tables) {
    String hereNamed(String request) {
      return request
          .replace(TABLES.families(), tables.families())
          .replace(TABLES.ephemeral(), tables.ephemeral())
          .replace(TABLES.registry(), tables.registry());
    }

    String thereNamed(String answer) {
      return answer
          .replace(tables.families(), TABLES.families())
          .replace(tables.ephemeral(), TABLES.ephemeral())
          .replace(tables.registry(), TABLES.registry());
    }
  }

  private AwsOverHttp(HttpServer server, Behind behind) {
    this.server = server;
    this.behind = behind;
  }

  public static AwsOverHttp start(AwsClients clients, Settings.Tables tables) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = HttpServer.create(address, 0);
    var aws = new AwsOverHttp(server, new Behind(clients, tables));
    server.createContext("/", aws::handle);
    server.setExecutor(aws.threads);
    server.start();
    return aws;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What was called so far, such as `DynamoDB_20120810.GetItem`, `TrentService.Sign` or, for what
  /// is no operation, `GET /ping`.
  public List<String> calls() {
    return exchanges.stream().map(Exchange::target).toList();
  }

  /// The calls so far, in their order.
  public List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      if (target == null) {
        var named = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        exchanges.add(new Exchange(named, "", 200, ""));
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var request = Json.readObject(behind.hereNamed(body));
      int status = 200;
      Map<String, Object> answer;
      try {
        answer = SdkJson.write(call(behind.clients(), target, request));
      } catch (AwsServiceException e) {
        status = 400;
        answer = SdkJson.write((SdkPojo) e);
        answer.put("__type", e.getClass().getSimpleName());
        answer.put("message", e.awsErrorDetails() == null ? e.getMessage() : "refused");
      }
      var text = behind.thereNamed(Json.write(answer));
      exchanges.add(new Exchange(target, body, status, text));
      var out = bytes(text);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(status, out.length);
      exchange.getResponseBody().write(out);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Calls the method that the SDK has for an operation.
  private static SdkPojo call(AwsClients clients, String target, Map<String, Object> json) {
    var operation = target.substring(target.indexOf('.') + 1);
    var isDynamoDb = target.startsWith("DynamoDB_");
    var type = isDynamoDb ? DynamoDbClient.class : KmsClient.class;
    var name = operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
    try {
      var request = Class.forName(type.getPackageName() + ".model." + operation + "Request");
      var builder = (SdkPojo) request.getMethod("builder").invoke(null);
      return (SdkPojo)
          type.getMethod(name, request)
              .invoke(isDynamoDb ? clients.dynamoDb() : clients.kms(), SdkJson.read(json, builder));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof AwsServiceException refused) {
        throw refused;
      }
      throw new IllegalStateException(target, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("No operation " + target, e);
    }
  }
}
