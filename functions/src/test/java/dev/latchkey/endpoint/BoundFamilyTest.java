package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.TestClients;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.token.AccessTokens;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Threat T43: somebody who copied the refresh token of an app on a device, but not its key (RFC
/// 9449 section 5).
class BoundFamilyTest {
  private final ProvingApps apps = new ProvingApps();

  @Test
  void t43_aRefreshWithoutTheKeyChangesNothing() {
    var stolen = apps.connect().text("refresh_token");
    apps.local.calls().reset();

    var withoutProof = apps.grants.refresh(stolen).to(apps.tokens);
    Grants.assertRefused(withoutProof, 400, "invalid_dpop_proof");
    assertThat(apps.local.calls().writes()).isZero();
    Grants.assertRefused(
        apps.refresh(stolen, apps.proof(apps.thiefs).signed()), 400, "invalid_grant");
    assertThat(apps.local.calls().writes()).as("the id of the proof alone").isEqualTo(1);

    assertThat(apps.refresh(stolen, apps.proof().signed()).status()).isEqualTo(200);
  }

  /// Not even with a token that was used before: whoever has no key ends nothing.
  @Test
  void t43_anOldTokenWithoutTheKeyEndsNothing() {
    var first = apps.connect().text("refresh_token");
    var second = apps.refresh(first, apps.proof().signed()).text("refresh_token");
    var third = apps.refresh(second, apps.proof().signed()).text("refresh_token");

    Grants.assertRefused(apps.grants.refresh(first).to(apps.tokens), 400, "invalid_dpop_proof");
    Grants.assertRefused(
        apps.refresh(first, apps.proof(apps.thiefs).signed()), 400, "invalid_grant");

    assertThat(apps.refresh(third, apps.proof().signed()).status()).isEqualTo(200);
  }

  @Test
  void t43_aRetryWithAnotherKeyNeverGetsTheSuccessor() {
    var first = apps.connect().text("refresh_token");
    var second = apps.refresh(first, apps.proof().signed()).text("refresh_token");

    Grants.assertRefused(
        apps.refresh(first, apps.proof(apps.thiefs).signed()), 400, "invalid_grant");

    assertThat(apps.refresh(first, apps.proof().signed()).json())
        .containsEntry("refresh_token", second);
  }

  /// An app on a device may sleep for days before it hears the answer.
  @Test
  void t43_theOwnersRetryGetsTheSuccessorUntilItIsUsed() {
    var first = apps.connect().text("refresh_token");
    var second = apps.refresh(first, apps.proof().signed()).text("refresh_token");

    apps.local.clock().advance(Duration.ofDays(3));
    var again = apps.refresh(first, apps.proof().signed());
    assertThat(again.json()).containsEntry("refresh_token", second);

    apps.refresh(second, apps.proof().signed());
    Grants.assertRefused(apps.refresh(first, apps.proof().signed()), 400, "invalid_grant");
    Grants.assertRefused(apps.refresh(second, apps.proof().signed()), 400, "invalid_grant");
  }

  @Test
  void t43_aFamilyWithoutAKeyIsNotTakenOverByOne() {
    var first = apps.grants.connect(apps.tokens).text("refresh_token");

    var answer = apps.refresh(first, apps.proof(apps.thiefs).signed());

    Grants.assertRefused(answer, 400, "invalid_grant");
    assertThat(answer.text("error_description")).contains("bound to no key");
    assertThat(apps.grants.refresh(first).to(apps.tokens).status()).isEqualTo(200);
  }

  /// RFC 9449 section 5: its refresh tokens are bound to its authentication, so it may change keys.
  @Test
  void t43_anAppThatAuthenticatesBindsAccessTokensAlone() throws ParseException {
    var connected = apps.grants.connectWeb(apps.tokens);

    var bound =
        apps.grants
            .webRefresh(connected.text("refresh_token"))
            .header("dpop", apps.proof().signed())
            .to(apps.tokens);
    var boundToAnother =
        apps.grants
            .webRefresh(bound.text("refresh_token"))
            .header("dpop", apps.proof(apps.thiefs).signed())
            .to(apps.tokens);
    var unbound = apps.grants.webRefresh(boundToAnother.text("refresh_token")).to(apps.tokens);

    assertThat(bound.json()).containsEntry("token_type", "DPoP");
    assertThat(key(bound)).isEqualTo(apps.key.thumbprint().value());
    assertThat(key(boundToAnother)).isEqualTo(apps.thiefs.thumbprint().value());
    assertThat(unbound.json()).containsEntry("token_type", "Bearer");
  }

  @Test
  void eachAccessTokenNamesTheKey() throws ParseException {
    var connected = apps.connect();
    var refreshed = apps.refresh(connected.text("refresh_token"), apps.proof().signed());

    assertThat(key(connected)).isEqualTo(apps.key.thumbprint().value());
    assertThat(key(refreshed)).isEqualTo(apps.key.thumbprint().value());
    assertThat(refreshed.json())
        .containsEntry("token_type", "DPoP")
        .containsEntry("expires_in", 900);
    var introspected =
        Call.post("/introspect")
            .header(
                "authorization", Grants.basic(TestClients.SERVER.value(), TestClients.WEB_SECRET))
            .with("token", refreshed.text("access_token"))
            .to(new IntrospectFunction(apps.local.seed(TestClients.resourceServer()).wiring()));
    assertThat(introspected.json())
        .containsEntry("active", true)
        .containsEntry("token_type", "DPoP")
        .extractingByKey("cnf")
        .isEqualTo(Map.of("jkt", apps.key.thumbprint().value()));
  }

  private static String key(Answer granted) throws ParseException {
    var claims = SignedJWT.parse(granted.text("access_token")).getJWTClaimsSet();
    return AccessTokens.key(claims).orElseThrow().value();
  }
}
