package dev.latchkey.endpoint;

import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SharedServer;
import dev.latchkey.http.Json;
import dev.latchkey.http.Parameters;
import dev.latchkey.signing.KeySignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A FHIR server over HTTP with a few people in it, behind one origin with the token endpoint of
/// this server, as a deployment is. It searches as FHIR R4 says, and only for access tokens that
/// are good for the search.
final class FhirPeople implements AutoCloseable {
  private final HttpServer server;
  private final LocalWiring local;
  private final List<Map<String, Object>> resources = new ArrayList<>();
  private final List<String> searches = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private volatile boolean passesOver;
  private volatile int pageSize = 100;
  private volatile int patientsAtOnce = 100;
  private volatile String added = "";
  private volatile @Nullable Reply always;
  private volatile int tokenStatus;

  private record Reply(int status, String body) {}

  private FhirPeople(HttpServer server) {
    this.server = server;
    local = LocalWiring.start("http://127.0.0.1:" + server.getAddress().getPort());
  }

  static FhirPeople start() {
    var server = SharedServer.listening();
    var people = new FhirPeople(server);
    server.createContext("/fhir/", people::search);
    server.createContext("/token", people::token);
    server.start();
    return people;
  }

  LocalWiring local() {
    return local;
  }

  String base() {
    return local.wiring().identity().fhirBase();
  }

  void forget() {
    resources.clear();
    searches.clear();
    tokens.clear();
    passesOver = false;
    pageSize = 100;
    patientsAtOnce = 100;
    added = "";
    always = null;
    tokenStatus = 0;
  }

  FhirPeople with(Map<String, Object> resource) {
    resources.add(resource);
    return this;
  }

  /// As servers do that do not know a search parameter and are lenient about it.
  FhirPeople passingOverParameters() {
    passesOver = true;
    return this;
  }

  /// As servers do that give no more at once, whatever was asked.
  FhirPeople givingAtOnce(int most) {
    pageSize = most;
    return this;
  }

  FhirPeople givingPatientsAtOnce(int most) {
    pageSize = 100;
    patientsAtOnce = most;
    return this;
  }

  /// As a server that adds somebody to what was asked by id.
  FhirPeople alsoGiving(String id) {
    added = id;
    return this;
  }

  /// Answers every search like this from here on.
  FhirPeople answering(int status, String body) {
    always = new Reply(status, body);
    return this;
  }

  FhirPeople answering(Map<String, Object> body) {
    return answering(200, Json.write(body));
  }

  /// The token endpoint answers with that status alone from here on.
  FhirPeople refusingTokens(int status) {
    tokenStatus = status;
    return this;
  }

  /// What was searched for, as path and query.
  List<String> searches() {
    return List.copyOf(searches);
  }

  /// The access tokens that were handed out.
  List<String> tokens() {
    return List.copyOf(tokens);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void token(HttpExchange exchange) throws IOException {
    var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (tokenStatus != 0) {
      send(exchange, new Reply(tokenStatus, "{\"error\":\"out_of_order\"}"));
      return;
    }
    var answer = Call.post("/token").raw(form).to(new TokenFunction(local.wiring()));
    if (answer.status() == 200) {
      tokens.add(answer.text("access_token"));
    }
    send(exchange, new Reply(answer.status(), Json.write(answer.json())));
  }

  private void search(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    searches.add(uri.getRawPath() + "?" + uri.getRawQuery());
    var type = uri.getPath().substring("/fhir/".length());
    var given = always;
    var isAllowed = isAllowed(exchange.getRequestHeaders().getFirst("Authorization"), type);
    send(
        exchange,
        given != null
            ? given
            : isAllowed
                ? new Reply(200, Json.write(bundle(type, Parameters.parse(uri.getRawQuery()))))
                : new Reply(401, ""));
  }

  private boolean isAllowed(@Nullable String authorization, String type) {
    try {
      var jwt = SignedJWT.parse(String.valueOf(authorization).replaceFirst("^Bearer ", ""));
      var claims = jwt.getJWTClaimsSet();
      return KeySignature.holds(jwt, local.wiring().signer().published().getKeys().getFirst())
          && claims.getAudience().equals(List.of(base()))
          && claims.getExpirationTime().toInstant().isAfter(local.clock().instant())
          && List.of(claims.getStringClaim("scope").split(" ")).contains("system/" + type + ".s");
    } catch (ParseException unreadable) {
      return false;
    }
  }

  private Map<String, Object> bundle(String type, Parameters query) {
    var most = type.equals("Patient") ? Math.min(pageSize, patientsAtOnce) : pageSize;
    var count = Math.min(most, Integer.parseInt(query.get("_count").orElse("10")));
    var found =
        resources.stream()
            .filter(resource -> type.equals(resource.get("resourceType")))
            .filter(resource -> isWanted(resource, query))
            .toList();
    var bundle = new LinkedHashMap<String, Object>();
    bundle.put("resourceType", "Bundle");
    bundle.put("type", "searchset");
    var link = found.size() > count ? List.of(Map.of("relation", "next", "url", "x")) : List.of();
    bundle.put("link", link);
    bundle.put(
        "entry",
        found.stream()
            .limit(count)
            .map(resource -> Map.of("resource", resource, "search", Map.of("mode", "match")))
            .toList());
    return bundle;
  }

  private boolean isWanted(Map<String, Object> resource, Parameters query) {
    if (passesOver) {
      return true;
    }
    var ids = query.get("_id");
    if (ids.isPresent()) {
      return List.of((ids.get() + "," + added).split(","))
          .contains(String.valueOf(resource.get("id")));
    }
    var token = query.get("identifier").orElseThrow().split("(?<!\\\\)\\|", 2);
    var wanted = Stream.of(token).map(part -> part.replaceAll("\\\\(.)", "$1")).toList();
    return ((List<?>) resource.getOrDefault("identifier", List.of()))
        .stream()
            .map(Map.class::cast)
            .anyMatch(one -> wanted.equals(List.of(one.get("system"), one.get("value"))));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/fhir+json");
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
