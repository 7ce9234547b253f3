package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import dev.latchkey.aws.LambdaKeySets;
import dev.latchkey.client.ClientKeys;
import dev.latchkey.client.KeySetSource;
import dev.latchkey.client.KeySetSource.Answer;
import dev.latchkey.contract.Canary;
import dev.latchkey.contract.InProcessLambda;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.event.OperatorEvent;
import dev.latchkey.http.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Key sets that are read by a function of its own, from the app's request to its answer.
class KeySetFunctionTest {
  private static final String ARN = "arn:aws:lambda:eu-west-1:000000000000:function:keys:live";
  private static final String ADDRESS = "https://signing.example/jwks.json";
  private static final SigningApp APP = SigningApp.called("far-app");
  private static final LocalWiring local = LocalWiring.start();

  static List<Answer> answers() {
    return List.of(
        new Answer.KeySet(APP.jwks(), -1),
        new Answer.KeySet(APP.jwks(), 0),
        new Answer.KeySet(APP.jwks(), 999_999_999),
        new Answer.Blocked(),
        new Answer.Failed());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void whatTheFunctionFoundReachesWhoCalledIt(Answer answer) {
    var asked = new ArrayList<String>();
    var lambda =
        lambda(
            address -> {
              asked.add(address);
              return answer;
            });

    assertThat(new LambdaKeySets(lambda, ARN).read(ADDRESS)).isEqualTo(answer);
    assertThat(asked).containsExactly(ADDRESS);
    assertThat(lambda.payloads()).containsExactly("{\"jwks_uri\":\"" + ADDRESS + "\"}");
  }

  @Test
  void aFunctionThatBreaksHasReadNothing() {
    var broken =
        lambda(
            _ -> {
              throw new IllegalStateException("out of memory");
            });

    assertThat(new LambdaKeySets(broken, ARN).read(ADDRESS)).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void aFunctionThatCannotBeCalledIsNoFaultOfTheApp() {
    var elsewhere = new LambdaKeySets(lambda(_ -> new Answer.Failed()), "another");
    assertThatThrownBy(() -> elsewhere.read(ADDRESS)).isInstanceOf(Unavailable.class);

    seed(ADDRESS);
    var answer = connect(elsewhere);
    Grants.assertRefused(answer, 503, "temporarily_unavailable");
    assertThat(answer.header("retry-after")).isEqualTo("2");
  }

  @Test
  void tok15_anAppWithItsKeysAtAnAddressConnects() {
    seed(ADDRESS);
    var reads = new LambdaKeySets(lambda(_ -> new Answer.KeySet(APP.jwks(), 60)), ARN);

    assertThat(connect(reads).status()).isEqualTo(200);
  }

  @Test
  void t29_anAppWhoseKeysCannotBeReadIsToldThatAndNoMore() {
    seed(ADDRESS);
    local.calls().reset();
    for (var answer : List.<Answer>of(new Answer.Failed(), new Answer.Blocked())) {
      var refused = connect(_ -> answer);
      SigningApps.assertRefused(refused, "The key set of this app could not be read.");
    }
    assertThat(local.calls().signs()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:%d/jwks",
        "http://127.0.0.1:%d/jwks",
        "https://localhost:%d/jwks",
        "https://[::1]:%d/jwks",
        "https://127.0.0.1/jwks",
        "https://localhost/jwks",
        "https://[::1]/jwks",
        "https://[::ffff:127.0.0.1]/jwks",
        "https://2130706433/jwks",
        "https://127.1/jwks",
        "https://0.0.0.0/jwks",
        "https://169.254.169.254/latest/meta-data/iam/security-credentials/",
        "https://[fd00:ec2::254]/latest/meta-data",
        "https://10.0.0.1/jwks",
        "https://172.16.0.1/jwks",
        "https://192.168.0.1/jwks",
        "https://100.64.0.1/jwks",
        "https://user@127.0.0.1/jwks",
        "https://app.example@127.0.0.1/jwks",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
      })
  void t29_aHostileAddressIsNeverCalledAndOperatorsAreTold(String address) throws Exception {
    try (var canary = Canary.onLoopback()) {
      seed(address.contains("%d") ? address.formatted(canary.port()) : address);
      local.events().reset();
      local.calls().reset();
      var onTheInternet = new KeySetFunction();

      var refused = connect(new LambdaKeySets(new InProcessLambda(ARN, onTheInternet), ARN));

      SigningApps.assertRefused(refused, "could not be read");
      assertThat(local.events().events())
          .containsExactly(
              new OperatorEvent(OperatorEvent.Kind.KEY_SET_BLOCKED, APP.id().value(), "", -1),
              OperatorEvent.invalidClient(APP.id().value()));
      assertThat(local.calls().writes()).as("the code of this test").isEqualTo(1);
      assertThat(canary.visits()).isZero();
    }
  }

  @Test
  void t29_aStormOfForgedAssertionsAsksTheAppOnceAMinute() {
    seed(ADDRESS);
    var lambda = lambda(_ -> new Answer.KeySet(APP.jwks(), 3600));
    var function = function(new LambdaKeySets(lambda, ARN));
    assertThat(connect(function, APP.assertion(now())).status()).isEqualTo(200);

    for (int i = 0; i < 120; i++) {
      local.clock().advance(Duration.ofSeconds(1));
      var key = new ECKey.Builder(APP.ec()).keyID("unknown-" + i).build();
      var forged =
          SigningApp.signed(
              SigningApp.header(key, JWSAlgorithm.ES384).build(), APP.claims(now()).build(), key);
      SigningApps.assertRefused(connect(function, forged), "no key with that kid");
    }
    assertThat(lambda.payloads()).hasSize(3);
    assertThat(connect(function, APP.assertion(now())).status()).isEqualTo(200);
  }

  private static InProcessLambda lambda(KeySetSource source) {
    return new InProcessLambda(ARN, new KeySetFunction(local.wiring().withKeySets(source)));
  }

  private static void seed(String address) {
    local.seed(APP.registered(ClientKeys.at(address)));
  }

  private static Instant now() {
    return local.clock().instant();
  }

  private static TokenFunction function(KeySetSource source) {
    return new TokenFunction(local.wiring().withKeySets(source));
  }

  private static Call.Answer connect(KeySetSource source) {
    return connect(function(source), APP.assertion(now()));
  }

  private static Call.Answer connect(TokenFunction function, String assertion) {
    return SigningApps.form(new Grants(local).code(APP.id(), SigningApp.REDIRECT, Grants.SCOPE))
        .with("client_assertion_type", SigningApps.TYPE)
        .with("client_assertion", assertion)
        .to(function);
  }
}
