package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.WindowKeysOn;
import dev.latchkey.endpoint.Call.Answer;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A deployment that signs access tokens with the key pair of the day.
abstract class WindowKeySuite {
  static final Duration TWO_DAYS = Duration.ofDays(2);
  static final Duration A_MINUTE = Duration.ofMinutes(1);

  final LocalWiring local =
      WindowKeysOn.start().seed(TestClients.nativeApp()).seed(TestClients.resourceServer());
  final WindowKeyItems items = new WindowKeyItems(local);
  final Grants grants = new Grants(local);
  final TokenFunction tokens = new TokenFunction(local.wiring());

  /// A native app that got its access token in a window.
  Answer connectedByWindow() {
    grants.connect(tokens);
    local.clock().advance(TWO_DAYS);
    var connected = grants.connect(tokens);
    assertThat(algorithms(connected)).containsExactly("ES256", "RS256");
    return connected;
  }

  /// Of the access token and of the id token.
  static List<String> algorithms(Answer connected) {
    return List.of(
        algorithm(connected.text("access_token")), algorithm(connected.text("id_token")));
  }

  static String algorithm(String token) {
    return parsed(token).getHeader().getAlgorithm().getName();
  }

  static SignedJWT parsed(String token) {
    try {
      return SignedJWT.parse(token);
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  Map<String, Object> introspected(String token) {
    return Call.post("/introspect")
        .header("authorization", Grants.basic(TestClients.SERVER.value(), TestClients.WEB_SECRET))
        .with("token", token)
        .to(new IntrospectFunction(local.another()))
        .json();
  }

  /// As an instance finds them that has read nothing yet.
  List<JWK> published() {
    return local.another().signer().published().getKeys();
  }
}
