package dev.latchkey.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.conformance.app.Attempt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A SMART server that does things wrong, on a loopback port. Launches come to an end, so that
/// checks get to see what is wrong.
abstract class BrokenServer implements AutoCloseable {
  /// What it sends.
  ///
  /// @param headers by name
  record Sent(int status, Map<String, String> headers, String body) {
    static Sent json(int status, Map<String, ?> members) {
      return text(status, "application/json", JSONObjectUtils.toJSONString(new HashMap<>(members)));
    }

    static Sent text(int status, String type, String body) {
      return new Sent(status, Map.of("Content-Type", type), body);
    }

    Sent with(String name, String value) {
      var more = new HashMap<>(headers);
      more.put(name, value);
      return new Sent(status, more, body);
    }
  }

  /// What it was sent.
  ///
  /// @param parameters of query and form
  record Got(String method, String path, String authorization, Map<String, String> parameters) {
    String get(String name) {
      return parameters.getOrDefault(name, "");
    }
  }

  private static final List<String> CAPABILITIES =
      List.of(
          "launch-ehr",
          "launch-standalone",
          "authorize-post",
          "client-public",
          "client-confidential-symmetric",
          "client-confidential-asymmetric",
          "sso-openid-connect",
          "context-banner",
          "context-style",
          "context-ehr-patient",
          "context-ehr-encounter",
          "context-standalone-patient",
          "permission-offline",
          "permission-patient",
          "permission-user",
          "permission-v1",
          "permission-v2");

  static {
    // Otherwise each answer waits for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;

  BrokenServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  final String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  final URI fhirBase() {
    return URI.create(issuer() + "/fhir");
  }

  private void handle(HttpExchange exchange) throws IOException {
    var parameters = new LinkedHashMap<>(Attempt.query(exchange.getRequestURI()));
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    parameters.putAll(Attempt.query(URI.create("?" + body.replaceAll("[^\\w.%=&+*~-]", ""))));
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    var got =
        new Got(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            authorization == null ? "" : authorization,
            parameters);
    var sent = answer(got);
    sent.headers().forEach(exchange.getResponseHeaders()::add);
    var bytes = sent.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(sent.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// Answers anything.
  abstract Sent answer(Got got);

  /// A configuration that claims everything and names what it has to for the checks to go on.
  final Map<String, Object> configuration() {
    var members = new LinkedHashMap<String, Object>();
    members.put("issuer", issuer());
    for (var name : List.of("authorization", "token", "registration", "introspection")) {
      members.put(name + "_endpoint", issuer() + "/" + name);
    }
    members.put("revocation_endpoint", issuer() + "/revocation");
    members.put("management_endpoint", issuer() + "/management");
    members.put("user_access_brand_bundle", issuer() + "/brands");
    members.put("capabilities", CAPABILITIES);
    return members;
  }

  final Sent registered(String id) {
    return Sent.json(201, Map.of("client_id", id, "client_secret", "not-a-secret=+"));
  }

  /// The record system: a form to sign in, a form to open an app, a link to where it was opened.
  final Sent ehr(Got got, String opened) {
    var page =
        switch (got.path()) {
          case "/ehr" -> "<form action='/ehr/in'><input type=password name=password></form>";
          case "/ehr/in" -> "<form action='/ehr/open'><input type=text name=client_id></form>";
          default -> "<a class=open href='%s'>go</a>".formatted(opened);
        };
    return Sent.text(200, "text/html", page);
  }

  /// Back to the app, with its state, without asking anybody.
  final Sent back(Got got, String more) {
    var state = URLEncoder.encode(got.get("state"), UTF_8);
    return Sent.text(303, "text/plain", "")
        .with("Location", "%s?%s&state=%s".formatted(got.get("redirect_uri"), more, state));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
