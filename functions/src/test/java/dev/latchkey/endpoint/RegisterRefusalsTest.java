package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.browserApp;
import static dev.latchkey.endpoint.Registrations.keyApp;
import static dev.latchkey.endpoint.Registrations.nativeApp;
import static dev.latchkey.endpoint.Registrations.webApp;
import static dev.latchkey.endpoint.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What cannot be registered, with the exact error code (requirement REG-2, threats T22 and T61).
/// Nothing of it costs a write.
class RegisterRefusalsTest {
  private static final LocalWiring LOCAL = LocalWiring.start();
  private static final Registrations REGISTRATIONS = Registrations.over(LOCAL);

  static Stream<Arguments> metadata() throws JOSEException {
    return Stream.of(
        arguments(
            "a secret in a browser",
            with(browserApp(), "token_endpoint_auth_method", "client_secret_basic")),
        arguments("a key in a browser", with(keyApp(), "application_type", "browser")),
        arguments("an unknown application type", with(webApp(), "application_type", "desktop")),
        arguments(
            "an unknown method", with(webApp(), "token_endpoint_auth_method", "client_secret_jwt")),
        arguments("no name", with(webApp(), "client_name", null)),
        arguments("a name of nothing that is seen", with(webApp(), "client_name", "\u202e\u200b")),
        arguments("a name with a NUL", with(webApp(), "client_name", "a\u0000b")),
        arguments("a name that is a list", with(webApp(), "client_name", List.of("a"))),
        arguments("a name that is too long", with(webApp(), "client_name", "n".repeat(2001))),
        arguments("an empty name", with(webApp(), "client_name", "")),
        arguments(
            "redirect_uris that are a string",
            with(webApp(), "redirect_uris", "https://web.example.org/")),
        arguments("redirect_uris of numbers", with(webApp(), "redirect_uris", List.of(1))),
        arguments("an implicit grant", with(webApp(), "grant_types", List.of("implicit"))),
        arguments(
            "a password grant",
            with(webApp(), "grant_types", List.of("authorization_code", "password"))),
        arguments("no grant", with(webApp(), "grant_types", List.of())),
        arguments("refresh without code", with(webApp(), "grant_types", List.of("refresh_token"))),
        arguments("a token response", with(webApp(), "response_types", List.of("token"))),
        arguments("no response for a code", with(webApp(), "response_types", List.of())),
        arguments(
            "client credentials with a secret",
            with(webApp(), "grant_types", List.of("client_credentials"), "redirect_uris", null)),
        arguments("client credentials of anybody", Registrations.service()),
        arguments("a key method without keys", with(keyApp(), "jwks", null)),
        arguments("keys twice", with(keyApp(), "jwks_uri", "https://web.example.org/jwks")),
        arguments(
            "keys twice of an app without",
            with(
                nativeApp(),
                "jwks",
                Map.of("keys", List.of()),
                "jwks_uri",
                "https://web.example.org/jwks")),
        arguments(
            "keys over http",
            with(keyApp(), "jwks", null, "jwks_uri", "http://web.example.org/jwks")),
        arguments("keys in a file", with(keyApp(), "jwks", null, "jwks_uri", "file:///etc/passwd")),
        arguments(
            "keys at a user's",
            with(keyApp(), "jwks", null, "jwks_uri", "https://a@web.example.org/jwks")),
        arguments("keys that are text", with(keyApp(), "jwks", "{}")),
        arguments("no keys", with(keyApp(), "jwks", Map.of("keys", List.of()))),
        arguments("no list of keys", with(keyApp(), "jwks", Map.of())),
        arguments("a key that is text", with(keyApp(), "jwks", Map.of("keys", List.of("key")))),
        arguments(
            "a key without a type",
            with(keyApp(), "jwks", Map.of("keys", List.of(Map.of("kid", "a"))))),
        arguments(
            "a key of an unknown type",
            with(keyApp(), "jwks", Map.of("keys", List.of(Map.of("kty", "QUANTUM", "kid", "a"))))),
        arguments("a private key", withKeys(Registrations.key("k"))),
        arguments(
            "a shared key",
            withKeys(new OctetSequenceKey.Builder(new byte[64]).keyID("k").build())),
        arguments("a short RSA key", withKeys(shortRsaKey())),
        arguments(
            "an Ed25519 key",
            withKeys(
                new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(new byte[32]))
                    .keyID("k")
                    .build())),
        arguments(
            "a key on P-521",
            withKeys(new ECKeyGenerator(Curve.P_521).keyID("k").generate().toPublicJWK())),
        arguments(
            "a key off its curve", with(keyApp(), "jwks", Map.of("keys", List.of(offCurve())))),
        arguments(
            "a key without kid",
            withKeys(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK())),
        arguments(
            "two keys of one kid",
            with(
                keyApp(),
                "jwks",
                Registrations.keys(Registrations.key("k"), Registrations.key("k")))),
        arguments(
            "21 keys",
            with(keyApp(), "jwks", Map.of("keys", Collections.nCopies(21, Map.of("kty", "EC"))))),
        arguments(
            "an algorithm of a secret", with(keyApp(), "token_endpoint_auth_signing_alg", "HS256")),
        arguments("no algorithm", with(keyApp(), "token_endpoint_auth_signing_alg", "none")),
        arguments("scopes of a system", with(webApp(), "scope", "openid system/Observation.rs")),
        arguments("scopes that are a list", with(webApp(), "scope", List.of("openid"))),
        arguments("no scope that is known", with(webApp(), "scope", "read write admin")),
        arguments("a script as website", with(webApp(), "client_uri", "javascript:alert(1)")),
        arguments("terms over http", with(webApp(), "tos_uri", "http://example.org/terms")),
        arguments("a policy nowhere", with(webApp(), "policy_uri", "https:///x y")),
        arguments("contacts that are one string", with(webApp(), "contacts", "ana@example.org")),
        arguments(
            "11 contacts", with(webApp(), "contacts", Collections.nCopies(11, "a@example.org"))),
        arguments("a DPoP switch of text", with(webApp(), "dpop_bound_access_tokens", "true")),
        arguments(
            "a list of 21",
            with(webApp(), "grant_types", Collections.nCopies(21, "authorization_code"))),
        arguments("our own name", with(webApp(), "client_name", "Latchkey")),
        arguments("more than 8 kB", with(webApp(), "padding", "x".repeat(8192))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void metadata(String what, Map<String, Object> metadata) {
    LOCAL.calls().reset();

    assertRefused(REGISTRATIONS.register(metadata), 400, "invalid_client_metadata");

    assertThat(LOCAL.calls().counts()).as(what).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
  void t22_aNativeAppGetsNoSecretAndIsToldWhy(String method) {
    LOCAL.calls().reset();

    var answer = REGISTRATIONS.register(with(nativeApp(), "token_endpoint_auth_method", method));

    assertRefused(answer, 400, "invalid_client_metadata");
    assertThat(LOCAL.calls().counts()).isEmpty();
    assertThat(answer.text("error_description")).contains("Every copy", "DPoP");
    assertThat(answer.text("error_uri"))
        .isEqualTo(LocalWiring.ISSUER + "/errors/invalid_client_metadata");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"text\"",
        "42",
        "{",
        "{}}",
        "{} {}",
        "{\"client_name\":\"a\",\"client_name\":\"b\"}",
        "{'client_name':'a'}",
        "{\"client_name\":\"a\",}",
        "{\"client_name\":NaN}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "client_name=a",
        "<xml/>",
        "\ufeff{}",
        "{\"client_name\":\"\\ud800\"}x",
        "{\"x\":1e999999999}{"
      })
  void bodiesThatAreNotOneJsonObject(String body) {
    assertRefused(
        Call.json("POST", "/register", body).to(REGISTRATIONS.function()),
        400,
        "invalid_client_metadata");
  }

  @Test
  void deepNesting() {
    for (int depth : List.of(20, 1_000, 3_000)) {
      var body = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
      assertRefused(
          Call.json("POST", "/register", body).to(REGISTRATIONS.function()),
          400,
          "invalid_client_metadata");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "",
        "json"
      })
  void otherMediaTypes(String type) {
    assertRefused(
        Registrations.call(webApp()).header("content-type", type).to(REGISTRATIONS.function()),
        400,
        "invalid_client_metadata");
  }

  @Test
  void takesJsonWithACharset() {
    var answer =
        Registrations.call(webApp())
            .header("content-type", "Application/JSON; charset=utf-8")
            .to(REGISTRATIONS.function());

    assertThat(answer.status()).isEqualTo(201);
  }

  /// Whatever arrives, the answer is a plain refusal and never a fault.
  @Test
  void garbageNeverFails() {
    var random = new Random(7591);
    var seeds =
        List.of(
            Json.write(webApp()),
            Json.write(nativeApp()),
            Json.write(keyApp()),
            "{\"a\":[1,null]}");
    for (int i = 0; i < 3_000; i++) {
      var bytes = seeds.get(i % seeds.size()).getBytes(StandardCharsets.UTF_8);
      for (int flips = 0; flips <= random.nextInt(6); flips++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      var answer =
          Call.json("POST", "/register", "")
              .binary(bytes)
              .from("198.51.100." + random.nextInt(256))
              .to(REGISTRATIONS.function());
      assertThat(answer.status()).as(Base64.getEncoder().encodeToString(bytes)).isIn(201, 400, 429);
    }
  }

  private static Map<String, Object> withKeys(JWK... keys) {
    return with(keyApp(), "jwks", Map.of("keys", Stream.of(keys).map(JWK::toJSONObject).toList()));
  }

  /// Nimbus makes none itself.
  private static JWK shortRsaKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1024);
      return new RSAKey.Builder((RSAPublicKey) generator.generateKeyPair().getPublic())
          .keyID("k")
          .build();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> offCurve() {
    var key = with(Registrations.key("k").toPublicJWK().toJSONObject());
    return with(key, "x", key.get("y"));
  }
}
