package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokeFunctionTest {
  private static final LocalWiring local = LocalWiring.start();
  private static final TokenFunction tokens = new TokenFunction(local.wiring());
  private static final RevokeFunction function = new RevokeFunction(local.wiring());
  private static final Grants grants = new Grants(local);

  @BeforeAll
  static void seed() {
    local.seed(TestClients.nativeApp()).seed(TestClients.browserApp());
  }

  @ParameterizedTest
  @ValueSource(strings = {"refresh_token", "access_token"})
  void eitherTokenEndsTheGrant(String kind) {
    var granted = grants.connect(tokens);
    assertThat(revoke(granted.text(kind)).status()).isEqualTo(200);
    assertThat(grants.refresh(granted.text("refresh_token")).to(tokens).text("error"))
        .isEqualTo("invalid_grant");
  }

  @Test
  void anyGenerationEndsTheGrant() {
    var first = grants.connect(tokens).text("refresh_token");
    var second = grants.refresh(first).to(tokens).text("refresh_token");
    var third = grants.refresh(second).to(tokens).text("refresh_token");
    assertThat(revoke(first).status()).isEqualTo(200);
    assertThat(grants.refresh(third).to(tokens).text("error")).isEqualTo("invalid_grant");
  }

  @Test
  void revokingTwiceIsFine() {
    var token = grants.connect(tokens).text("refresh_token");
    assertThat(revoke(token).status()).isEqualTo(200);
    assertThat(revoke(token).status()).isEqualTo(200);
  }

  @Test
  void aWrongHintStillWorks() {
    var granted = grants.connect(tokens);
    var answer =
        Call.post("/revoke")
            .with("token", granted.text("refresh_token"))
            .with("token_type_hint", "access_token")
            .with("client_id", TestClients.NATIVE.value())
            .to(function);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(grants.refresh(granted.text("refresh_token")).to(tokens).status()).isEqualTo(400);
  }

  @Test
  void anotherAppsTokenGetsTheSameAnswerAndLivesOn() {
    var granted = grants.connect(tokens);
    for (var kind : new String[] {"refresh_token", "access_token"}) {
      var answer =
          Call.post("/revoke")
              .with("token", granted.text(kind))
              .with("client_id", TestClients.BROWSER.value())
              .to(function);
      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(grants.refresh(granted.text("refresh_token")).to(tokens).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "rt1_", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
  void whatIsNoTokenIsFineToo(String token) {
    local.calls().reset();
    assertThat(revoke(token).status()).isEqualTo(200);
    assertThat(local.calls().writes()).isZero();
  }

  @Test
  void anIdTokenRevokesNothing() {
    var granted = grants.connect(tokens);
    assertThat(revoke(granted.text("id_token")).status()).isEqualTo(200);
    assertThat(grants.refresh(granted.text("refresh_token")).to(tokens).status()).isEqualTo(200);
  }

  @Test
  void aMissingTokenAndAnUnknownClientAreErrors() {
    var missing = Call.post("/revoke").with("client_id", TestClients.NATIVE.value()).to(function);
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.text("error")).isEqualTo("invalid_request");
    var unknown = Call.post("/revoke").with("client_id", "nobody").with("token", "x").to(function);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text("error")).isEqualTo("invalid_client");
  }

  private static Answer revoke(String token) {
    return Call.post("/revoke")
        .with("token", token)
        .with("client_id", TestClients.NATIVE.value())
        .to(function);
  }
}
