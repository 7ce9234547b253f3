package dev.latchkey.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.http.Json;
import dev.latchkey.http.Parameters;
import dev.latchkey.portal.OpenIdPortal;
import dev.latchkey.portal.PortalSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A provider over HTTP that says what a real one never would: a test decides on every document, on
/// the status of the token endpoint, and on each part of the id token.
public final class ScriptedProvider implements SharedServer {
  public static final String CLIENT = "latchkey-at-the-portal";
  public static final String ACCESS_TOKEN = "not-a-secret-access-token-of-the-portal";

  private static final RSAKey KEY = made("key-of-the-portal");

  /// Not published.
  public static final RSAKey KEY_OF_NOBODY = made("key-of-the-portal");

  private final HttpServer server;
  private final InstantSource clock;
  private final Map<String, Object> discovery = new LinkedHashMap<>();
  private final List<JWK> keys = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Parameters> redeemed = new CopyOnWriteArrayList<>();
  private volatile Reply token = new Reply(500, "");
  private volatile int discoveryStatus = 200;

  private record Reply(int status, String body) {}

  private ScriptedProvider(HttpServer server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
    forget();
  }

  public static ScriptedProvider start(InstantSource clock) {
    var server = SharedServer.listening();
    var provider = new ScriptedProvider(server, clock);
    server.createContext("/", provider::answer);
    server.start();
    return provider;
  }

  /// Says again what a provider with nothing wrong would say.
  @Override
  public void forget() {
    asked.clear();
    redeemed.clear();
    keys.clear();
    keys.add(KEY);
    discovery.clear();
    discoveryStatus = 200;
    discovery.put("issuer", issuer());
    discovery.put("authorization_endpoint", issuer() + "/authorize");
    discovery.put("token_endpoint", issuer() + "/token");
    discovery.put("jwks_uri", issuer() + "/jwks");
    discovery.put("code_challenge_methods_supported", List.of("S256"));
    token = new Reply(500, "");
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// This server's side of it, new each time, so that it has read nothing yet.
  public OpenIdPortal portal() {
    return new OpenIdPortal(
        new PortalSettings(
            issuer(),
            CLIENT,
            LocalWiring.ISSUER + "/fhir",
            PortalSettings.FHIR_USER,
            PortalSettings.PATIENTS),
        ThisMachine.calls(),
        clock);
  }

  /// Another member of the discovery document; null for none.
  public ScriptedProvider discovery(String name, @Nullable Object value) {
    if (value == null) {
      discovery.remove(name);
    } else {
      discovery.put(name, value);
    }
    return this;
  }

  public ScriptedProvider discoveryStatus(int status) {
    discoveryStatus = status;
    return this;
  }

  /// One more key in its key set.
  public ScriptedProvider publishing(JWK key) {
    keys.add(key);
    return this;
  }

  /// Whatever the token endpoint answers from here on.
  public ScriptedProvider answering(int status, String body) {
    token = new Reply(status, body);
    return this;
  }

  /// The token endpoint hands out this id token from here on.
  public ScriptedProvider handingOut(TestIdToken idToken) {
    return answering(
        200,
        Json.write(
            Map.of(
                "token_type", "Bearer", "access_token", ACCESS_TOKEN, "id_token", idToken.text())));
  }

  /// An id token with nothing wrong.
  public TestIdToken idToken(String nonce) {
    var now = clock.instant().getEpochSecond();
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", issuer());
    claims.put("aud", CLIENT);
    claims.put("sub", "ana-at-the-portal");
    claims.put("nonce", nonce);
    claims.put("iat", now);
    claims.put("exp", now + 300);
    claims.put("auth_time", now - 30);
    claims.put("name", "Ana Silva");
    claims.put("birthdate", "1988-04-02");
    claims.put("fhirUser", "Patient/ana");
    return new TestIdToken(
        Map.of("alg", "RS256", "typ", "JWT", "kid", KEY.getKeyID()), claims, KEY, "SHA256withRSA");
  }

  /// Paths that it was asked for, in order.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /// What the token endpoint was sent.
  public List<Parameters> redeemed() {
    return List.copyOf(redeemed);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    asked.add(path);
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var reply =
        switch (path) {
          case "/.well-known/openid-configuration" ->
              new Reply(discoveryStatus, Json.write(discovery));
          case "/jwks" -> new Reply(200, new JWKSet(keys).toString(true));
          case "/token" -> {
            redeemed.add(Parameters.parse(body));
            yield token;
          }
          default -> new Reply(404, "");
        };
    var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static RSAKey made(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
