package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.http.Edge;
import dev.latchkey.secret.SecretHash;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Behind CloudFront nobody gets around it: the functions answer only to its secret.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTest {
  private static final String OLD = "not-a-secret-old";
  private static final String NEW = "not-a-secret-new";

  private LocalWiring local;
  private JwksFunction function;

  @BeforeAll
  void exchangesOneSecretForAnother() {
    local = LocalWiring.start();
    var hashes = SecretHash.of(OLD).value() + "," + SecretHash.of(NEW).value();
    function = new JwksFunction(local.wiring().behind(Edge.of(hashes)));
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD, NEW})
  void answersToBothSecretsWhileOneIsExchangedForAnother(String secret) {
    assertThat(with(secret, Call.get("/jwks")).status()).isEqualTo(200);
  }

  static Stream<String> wrongSecrets() {
    return Stream.of(
        "", " ", "not-a-secret", OLD + "," + NEW, OLD + " ", SecretHash.of(OLD).value());
  }

  @ParameterizedTest
  @MethodSource("wrongSecrets")
  void saysNothingToACallerWithoutTheSecret(String secret) {
    assertRefused(with(secret, Call.get("/jwks")));
    assertRefused(with(secret, Call.options("/jwks")));
  }

  @Test
  void saysNothingToACallerWhoSendsNone() {
    assertRefused(Call.get("/jwks").to(function));
    assertRefused(Call.options("/jwks").to(function));
    assertRefused(Forged.headers(Call.get("/jwks")).to(function));
  }

  @Test
  void aCallerWithoutTheSecretReachesNoStore() {
    local.calls().reset();
    var edge = Edge.of(SecretHash.of(NEW).value());
    var token = new TokenFunction(local.wiring().behind(edge));

    assertRefused(
        Call.post("/token")
            .with("grant_type", "authorization_code")
            .header("x-latchkey-origin-secret", OLD)
            .to(token));
    assertThat(local.calls().counts()).isEmpty();
  }

  private Answer with(String secret, Call call) {
    return call.header("x-latchkey-origin-secret", secret).to(function);
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers()).hasSize(1).containsEntry("cache-control", "no-store");
    assertThat(answer.cookies()).isEmpty();
  }
}
