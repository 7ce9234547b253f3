package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.TestBrowser.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.FamilyId;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `online_access` lives as long as the browser session that it came from; `offline_access` does
/// not care.
class OnlineAccessTest {
  private static final String ONLINE = "launch/patient online_access patient/Observation.rs";
  private static final String OFFLINE = "launch/patient offline_access patient/Observation.rs";

  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.nativeApp())
          .seed(TestClients.browserApp())
          .seed(TestUsers.ana())
          .seed(TestUsers.ben());
  private final TestBrowser browser = new TestBrowser(local.wiring());
  private final TokenFunction token = new TokenFunction(local.wiring());
  private final Grants grants = new Grants(local);

  @Test
  void signOutEndsItAtOnceAndLeavesOfflineAccessAlone() {
    var online = redeem(allow(ONLINE));
    var offline = redeemOffline(allowOffline());
    assertThat(stands(online)).isTrue();

    signOut();

    assertThat(stands(online)).isFalse();
    Grants.assertRefused(refresh(online), 400, "invalid_grant");
    assertThat(stands(offline)).isTrue();
    assertThat(grants.browserRefresh(offline.text("refresh_token")).to(token).status())
        .isEqualTo(200);
  }

  @Test
  void aCodeThatWasNotRedeemedYetEndsWithTheSessionToo() {
    var online = allow(ONLINE);
    var offline = allowOffline();

    signOut();

    Grants.assertRefused(redeem(online), 400, "invalid_grant");
    assertThat(redeemOffline(offline).status()).isEqualTo(200);
  }

  @Test
  void theSessionOfAnotherBrowserIsLeftAlone() {
    var other = new TestBrowser(local.wiring());
    var txn = other.signIn(ONLINE, "ana", TestUsers.PASSWORD);
    var tokens = redeem(allowed(other, txn));
    allow(ONLINE);

    signOut();

    assertThat(refresh(tokens).status()).isEqualTo(200);
  }

  @Test
  void somebodyElseWhoSignsInInTheSameBrowserEndsIt() {
    var online = redeem(allow(ONLINE));
    var stranger = new TestBrowser(local.wiring());
    var txn = stranger.arrive(ONLINE);
    var csrf = stranger.open("sign-in", txn).inputs("csrf").getFirst();
    stranger.cookies().put(SESSION, browser.cookie(SESSION));

    stranger.post("sign-in", txn, csrf, "username", "ben", "password", TestUsers.PASSWORD);

    Grants.assertRefused(refresh(online), 400, "invalid_grant");
  }

  @Test
  void itEndsWithTheSessionThatNobodySignedOutOf() {
    var online = redeem(allow(ONLINE));
    for (int i = 0; i < 8 * 6 - 1; i++) {
      local.clock().advance(Duration.ofMinutes(10));
      online = refresh(online);
      assertThat(online.status()).isEqualTo(200);
    }
    local.clock().advance(Duration.ofMinutes(10));

    Grants.assertRefused(refresh(online), 400, "invalid_grant");
  }

  @Test
  void whenEverythingOfAUserIsTakenBackTheirBrowsersAreSignedOut() {
    var txn = browser.signIn(ONLINE, "ana", TestUsers.PASSWORD);
    var ben = new TestBrowser(local.wiring());
    var bens = ben.signIn(ONLINE, "ben", TestUsers.PASSWORD);
    var anaIs = TestUsers.ana().subject();

    local
        .wiring()
        .stores()
        .cutoffs()
        .raise(new Cutoffs.Of.Subject(anaIs), local.clock().seconds(), Long.MAX_VALUE / 1000);

    assertThat(browser.open("consent", txn).body()).contains("You are signed out");
    assertThat(browser.open("sign-in", browser.arrive(ONLINE)).status()).isEqualTo(200);
    assertThat(ben.open("patient", bens).status()).isEqualTo(200);

    local.clock().advance(Duration.ofSeconds(1));
    var again = browser.signIn(ONLINE, "ana", TestUsers.PASSWORD);
    assertThat(browser.open("consent", again).status()).isEqualTo(200);
  }

  @Test
  void aRequestOfASignedInBrowserCostsOneReadMoreThanTheSessionItself() {
    var txn = browser.signIn(ONLINE, "ana", TestUsers.PASSWORD);
    local.calls().reset();

    browser.open("consent", txn);

    assertThat(local.calls().counts())
        .containsEntry("batchGetItem", 1)
        .containsEntry("updateItem", 1)
        .doesNotContainKey("query");
  }

  /// Signs in where needed, and allows everything.
  ///
  /// @return the code
  private String allow(String scope) {
    var txn =
        browser.cookies().containsKey(SESSION)
            ? browser.arrive(scope)
            : browser.signIn(scope, "ana", TestUsers.PASSWORD);
    browser.open("sign-in", txn);
    return allowed(browser, txn);
  }

  /// For an app that may have it.
  private String allowOffline() {
    var txn = browser.arrive(TestClients.BROWSER.value(), TestClients.BROWSER_REDIRECT, OFFLINE);
    browser.open("sign-in", txn);
    return allowed(browser, txn);
  }

  private static String allowed(TestBrowser browser, String txn) {
    var answer = browser.allow(txn, browser.open("consent", txn).ticked());
    return Optional.ofNullable(answer.parameter("code")).orElseThrow();
  }

  private void signOut() {
    var txn = browser.arrive(ONLINE);
    browser.open("sign-in", txn);
    assertThat(browser.submit("sign-out", txn).status()).isEqualTo(303);
  }

  private Answer redeem(String code) {
    return redeem(code, TestClients.NATIVE.value(), "http://127.0.0.1:51004/callback");
  }

  private Answer redeemOffline(String code) {
    return redeem(code, TestClients.BROWSER.value(), TestClients.BROWSER_REDIRECT);
  }

  private Answer redeem(String code, String client, String redirectUri) {
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", code)
        .with("redirect_uri", redirectUri)
        .with("code_verifier", Grants.VERIFIER)
        .with("client_id", client)
        .to(token);
  }

  private Answer refresh(Answer tokens) {
    return grants.refresh(tokens.text("refresh_token")).to(token);
  }

  /// As the FHIR server asks for each access token.
  private boolean stands(Answer tokens) {
    try {
      var jwt = SignedJWT.parse(tokens.text("access_token"));
      var family = new FamilyId(jwt.getJWTClaimsSet().getStringClaim("sid"));
      return local.wiring().standing().of(family, local.clock().seconds()).isPresent();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }
}
