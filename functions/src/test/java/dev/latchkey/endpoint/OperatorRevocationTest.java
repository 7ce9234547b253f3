package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an operator takes back is gone at once: for the app that refreshes, and for whoever asks
/// what an access token is worth.
class OperatorRevocationTest {
  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.nativeApp())
          .seed(TestClients.webApp())
          .seed(TestClients.resourceServer());
  private final TokenFunction tokens = new TokenFunction(local.wiring());
  private final IntrospectFunction introspection = new IntrospectFunction(local.wiring());
  private final OperatorFunction operator = new OperatorFunction(local.wiring());
  private final Grants grants = new Grants(local);

  private Answer nativeApp;
  private Answer webApp;

  @BeforeEach
  void connect() {
    nativeApp = grants.connect(tokens);
    webApp = grants.connectWeb(tokens);
  }

  @Test
  void oneGrant() throws ParseException {
    var other = grants.connect(tokens);

    operate("revoke-family", "family", claim(nativeApp, "sid"));

    assertGone(nativeApp);
    assertThat(isActive(other)).isTrue();
    assertThat(grants.refresh(other.text("refresh_token")).to(tokens).status()).isEqualTo(200);
  }

  @Test
  void everythingOfAnApp() {
    var second = grants.connect(tokens);

    operate("revoke-app", "client", TestClients.NATIVE.value());

    assertGone(nativeApp);
    assertGone(second);
    assertThat(isActive(webApp)).isTrue();
  }

  @Test
  void aCodeThatWasNotRedeemedYet() {
    var code = grants.nativeCode();

    operate("revoke-app", "client", TestClients.NATIVE.value());

    Grants.assertRefused(grants.exchange(code).to(tokens), 400, "invalid_grant");
  }

  @Test
  void anAppMayBeConnectedAgainAfterwards() {
    operate("revoke-app", "client", TestClients.NATIVE.value());
    local.clock().advance(Duration.ofSeconds(1));

    var again = grants.connect(tokens);

    assertThat(isActive(again)).isTrue();
    assertGone(nativeApp);
  }

  @Test
  void anAppWithItsRegistration() {
    operate("remove-app", "client", TestClients.NATIVE.value());

    assertThat(isActive(nativeApp)).isFalse();
    Grants.assertRefused(
        grants.refresh(nativeApp.text("refresh_token")).to(tokens), 401, "invalid_client");
    local.seed(TestClients.nativeApp());
    assertGone(nativeApp);
  }

  @Test
  void everythingOfAUser() throws ParseException {
    operate("revoke-user", "subject", claim(nativeApp, "sub"));

    assertGone(nativeApp);
    assertThat(isActive(webApp)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoke-app", "remove-app"})
  void aDryRunTakesNothingBack(String command) {
    var answer =
        OperatorCall.of(
                Map.of("command", command, "client", TestClients.NATIVE.value(), "dryRun", true))
            .to(operator);

    assertThat(answer).containsEntry("outcome", "dry-run");
    assertThat(isActive(nativeApp)).isTrue();
    assertThat(grants.refresh(nativeApp.text("refresh_token")).to(tokens).status()).isEqualTo(200);
  }

  private void operate(String command, String member, String value) {
    assertThat(OperatorCall.of(Map.of("command", command, member, value)).to(operator))
        .containsEntry("outcome", "done");
  }

  private void assertGone(Answer granted) {
    assertThat(isActive(granted)).isFalse();
    Grants.assertRefused(
        grants.refresh(granted.text("refresh_token")).to(tokens), 400, "invalid_grant");
  }

  private boolean isActive(Answer granted) {
    var answer =
        Call.post("/introspect")
            .with("token", granted.text("access_token"))
            .header(
                "authorization", Grants.basic(TestClients.SERVER.value(), TestClients.WEB_SECRET))
            .to(introspection);
    return Boolean.TRUE.equals(answer.json().get("active"));
  }

  private static String claim(Answer granted, String name) throws ParseException {
    return SignedJWT.parse(granted.text("access_token")).getJWTClaimsSet().getStringClaim(name);
  }
}
