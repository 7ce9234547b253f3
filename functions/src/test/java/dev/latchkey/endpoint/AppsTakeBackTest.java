package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Family;
import dev.latchkey.family.FamilyId;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The buttons of `/apps`: what each ends, at once, and what it leaves alone.
class AppsTakeBackTest {
  private static final String SCOPES = "launch/patient offline_access patient/Observation.rs";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final AppsBrowser browser = AppsBrowser.ofAna();
  private final LocalWiring local = browser.local();
  private final FamilyId first = browser.allowed(TestClients.NATIVE, SCOPES);
  private final FamilyId second = browser.allowed(TestClients.NATIVE, SCOPES);
  private final FamilyId web = browser.allowed(TestClients.WEB, SCOPES);
  private final FamilyId bens =
      browser.allowed(TestUsers.ben().subject(), TestClients.NATIVE, SCOPES);

  @Test
  void oneKeyEndsAndNoOther() {
    var answer = browser.post("take-back", "key", first.value());

    assertStands(List.of(second, web, bens), List.of(first));
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.path()).isEqualTo("/apps");
    assertThat(answer.cookies()).isEmpty();
    assertThat(browser.follow(answer).body())
        .contains(
            "role=\"status\"><strong><bdi>Test Native</bdi></strong> can no longer use the key that"
                + " you took back.")
        .doesNotContain(first.value());
  }

  @Test
  void everyKeyOfAnAppEndsAndAlsoTheCodeThatWasNotRedeemedYet() {
    var scope = "launch/patient offline_access patient/Observation.rs";
    var txn = browser.browser().arrive(scope);
    browser.browser().open("sign-in", txn);
    var code =
        browser
            .browser()
            .allow(txn, browser.browser().open("consent", txn).ticked())
            .parameter("code");

    var answer = browser.post("take-back-app", "key", second.value());

    assertStands(List.of(web, bens), List.of(first, second));
    assertThat(browser.follow(answer).body())
        .contains("<bdi>Test Native</bdi></strong> can no longer use any key of yours.");
    var redeemed =
        Call.post("/token")
            .with("grant_type", "authorization_code")
            .with("code", String.valueOf(code))
            .with("redirect_uri", "http://127.0.0.1:51004/callback")
            .with("code_verifier", Grants.VERIFIER)
            .with("client_id", TestClients.NATIVE.value())
            .to(new TokenFunction(local.wiring()));
    Grants.assertRefused(redeemed, 400, "invalid_grant");
  }

  @Test
  void everythingEndsInEveryBrowserOfThisUserAndOfNobodyElse() {
    var elsewhere = AppsBrowser.ofAna(local);
    var ben = new AppsBrowser(local);
    ben.signIn("ben", TestUsers.PASSWORD);
    var session = browser.browser().cookie(TestBrowser.SESSION);

    var answer = browser.post("take-back-everything");

    assertStands(List.of(bens), List.of(first, second, web));
    assertThat(browser.browser().cookies()).doesNotContainKey(TestBrowser.SESSION);
    assertThat(
            local
                .wiring()
                .stores()
                .sessions()
                .find(SecretHash.of(session), local.clock().instant()))
        .isEmpty();
    assertThat(browser.follow(answer).body())
        .contains(
            "<h1>Every key is taken back</h1>",
            "No app can use a key of yours any more, and you are signed out in every browser.");
    assertThat(elsewhere.open().body()).contains("<h1>Sign in to see your apps</h1>");
    assertThat(ben.open().body()).contains(bens.value());

    local.clock().advance(SECOND);
    browser.signIn("ana", TestUsers.PASSWORD);
    assertThat(browser.open().body()).contains("No app holds a key to your records.");
    assertThat(browser.stands(browser.allowed(TestClients.NATIVE, SCOPES))).isTrue();
  }

  @Test
  void pressingAgainIsNoErrorAndChangesNothing() {
    for (int i = 0; i < 2; i++) {
      assertThat(browser.post("take-back", "key", first.value()).status()).isEqualTo(303);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(browser.post("take-back-app", "key", first.value()).status()).isEqualTo(303);
    }

    assertStands(List.of(web, bens), List.of(first, second));
  }

  @Test
  void whatWasCutShortIsFinishedByPressingAgain() {
    var app = new Cutoffs.Of.App(TestUsers.ana().subject(), TestClients.NATIVE);
    var cutoffs = local.wiring().stores().cutoffs();
    cutoffs.raise(app, local.clock().seconds(), Lifetimes.END_OF_TIME);
    assertStands(List.of(web, bens), List.of(first, second));
    assertThat(state(first)).isEqualTo(Family.State.ACTIVE);

    browser.post("take-back-app", "key", first.value());

    assertThat(List.of(state(first), state(second))).containsOnly(Family.State.REVOKED);
    assertThat(state(web)).isEqualTo(Family.State.ACTIVE);
  }

  @Test
  void theFirstWriteIsTheOneThatDecides() {
    var families = new ArrayList<FamilyId>(List.of(first, second));
    for (int i = 0; i < 60; i++) {
      families.add(browser.allowed(TestClients.NATIVE, SCOPES));
    }
    var csrf = browser.open().inputs("csrf").getFirst();
    local.calls().reset();

    browser.postWith(csrf, "take-back-app", "key", first.value());

    // The session's idle limit, the cut-off, and two writes for each family.
    assertThat(local.calls().of("updateItem")).isEqualTo(2 + 2 * families.size());
    assertThat(local.calls().of("query")).isEqualTo(3);
    assertStands(List.of(web, bens), families);
  }

  @ParameterizedTest
  @ValueSource(strings = {"take-back", "take-back-app"})
  void aKeyOfSomebodyElseIsAsUnknownAsNone(String action) {
    var foreign = browser.post(action, "key", bens.value());
    var unknown = browser.post(action, "key", FamilyId.of(new byte[16]).value());
    var csrf = browser.open().inputs("csrf").getFirst();
    local.calls().reset();
    var garbage = browser.postWith(csrf, action, "key", "../" + first.value());
    assertThat(local.calls().of("query")).isZero();
    var missing = browser.post(action);

    assertThat(List.of(foreign.status(), unknown.status(), garbage.status(), missing.status()))
        .containsOnly(404);
    assertThat(List.of(unknown.body(), garbage.body(), missing.body()))
        .containsOnly(foreign.body());
    assertStands(List.of(first, second, web, bens), List.of());
  }

  @Test
  void theFormComesBackToThePageThatItStoodOn() {
    for (int i = 0; i < 25; i++) {
      browser.allowed(TestClients.NATIVE, SCOPES);
    }
    var next = browser.open().body().replaceAll("(?s).*\\?(after=[^\"]*)\" rel=\"next.*", "$1");
    var page = browser.open(next);
    var key = page.inputs("key").getFirst();
    var after = page.inputs("after").getFirst();

    var answer = browser.post("take-back", "key", key, "after", after);

    assertThat(answer.location()).contains("/apps?" + next + "&done=key");
    assertThat(browser.follow(answer).body()).doesNotContain(key).contains("can no longer use");
  }

  @Test
  void nobodyCanForgeTheNotice() {
    var real = browser.post("take-back", "key", first.value()).location();
    var query = real.substring(real.indexOf('?') + 1);
    var stranger = AppsBrowser.ofAna(local);

    assertThat(browser.open(query).body()).contains("can no longer use");
    assertThat(browser.open(query.replace("done=key", "done=app")).body())
        .doesNotContain("can no longer");
    assertThat(browser.open(query.replace("test-native", "test-web")).body())
        .doesNotContain("can no longer");
    assertThat(browser.open("done=key&client=test-native").body()).doesNotContain("can no longer");
    assertThat(stranger.open(query).body()).doesNotContain("can no longer");
    assertThat(new AppsBrowser(local).open("done=everything&client=&proof=x").body())
        .contains("<h1>Sign in to see your apps</h1>");
  }

  private void assertStands(List<FamilyId> standing, List<FamilyId> ended) {
    assertThat(standing).allMatch(browser::stands);
    assertThat(ended).noneMatch(browser::stands);
  }

  private Family.State state(FamilyId id) {
    return local.wiring().stores().families().find(id).orElseThrow().state();
  }
}
