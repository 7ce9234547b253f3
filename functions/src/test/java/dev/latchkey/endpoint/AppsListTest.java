package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.AppsBrowser.SCOPES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestFamilies;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What `/apps` shows to somebody who is signed in.
class AppsListTest {
  private final AppsBrowser browser = AppsBrowser.ofAna();
  private final LocalWiring local = browser.local();

  @Test
  void saysSoWhenNoAppHoldsAKey() {
    assertThat(browser.open().body())
        .contains("No app holds a key to your records.", "Signed in as <strong><bdi>Ana Silva")
        .doesNotContain("Next page", "Take back the key of");
  }

  @Test
  void rev4_saysWhichAppHoldsAKeyToWhatSinceWhenAndUntilWhen() {
    browser.allowed(TestClients.NATIVE, SCOPES);

    var page = browser.open();

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains(
            "<bdi>Test Native</bdi></h2>",
            "This app runs on your own phone or computer. It cannot prove to us who made it.",
            "Record of <bdi>Ana Silva</bdi>, yourself, born 29 February 1984",
            "<li>Know whose record this is</li>",
            "<li>Vaccinations — read</li>",
            "<dd>1 March 2036</dd>",
            "Not since you allowed it",
            "<dd>On 1 March 2036.</dd>",
            "Take back the key of <bdi>Test Native</bdi>")
        .doesNotContain("offline_access", "Keep access when you are away", "<script");
    assertThat(page.headers())
        .containsEntry("cache-control", "no-store")
        .containsEntry("x-frame-options", "DENY")
        .hasEntrySatisfying(
            "content-security-policy", policy -> assertThat(policy).endsWith("form-action 'self'"));
  }

  @Test
  void saysWhenAKeyWasLastUsed() {
    var id = browser.allowed(TestClients.NATIVE, SCOPES);
    local.clock().advance(Duration.ofDays(3));
    var used =
        TestFamilies.first(
            FamilyId.fresh(Entropy.secure()),
            "r0",
            local.clock().seconds() + Duration.ofDays(30).toSeconds(),
            Lifetimes.END_OF_TIME);
    var seen = local.wiring().stores().families().find(id).orElseThrow();
    browser.allowed(used, grant(used.id(), TestFamilies.APP, SCOPES, null));
    TestFamilies.advance(local.wiring().stores().families(), used, "r1", local.clock().seconds());
    browser.signIn("ana", TestUsers.PASSWORD);

    assertThat(seen.isLive(local.clock().seconds())).isFalse();
    assertThat(browser.open().body())
        .contains("<dt>Last used</dt>\n<dd>4 March 2036</dd>")
        .contains("When you take it back. If the app does not use it until")
        .doesNotContain("Test Native");
  }

  @Test
  void saysWhenOnlineAccessAndASingleAccessTokenEnd() {
    var online = id();
    var now = local.clock().seconds();
    browser.allowed(
        TestFamilies.first(online, "r0", now + 900, now + 8 * 3600),
        grant(online, TestFamilies.APP, "openid online_access", SecretHash.of("x")));
    var once = id();
    browser.allowed(
        TestFamilies.first(once, "r0", now + 600, now + 600),
        grant(once, TestFamilies.APP, "patient/Observation.rs", null));

    assertThat(browser.open().body())
        .contains(
            "When you sign out of the browser where you allowed it, and in 8 hours at the latest."
                + " If the app does not use it for 15 minutes, it ends by itself.",
            "By itself in 10 minutes.",
            "Take back every key of <bdi>An app that is no longer registered</bdi>");
  }

  @Test
  void leavesOutWhatIsOverOrTakenBackOrOfSomebodyElse() {
    browser.allowed(TestUsers.ben().subject(), TestClients.NATIVE, SCOPES);
    var expired = id();
    browser.allowed(
        TestFamilies.first(expired, "r0", TestFamilies.NOW, TestFamilies.ABSOLUTE),
        grant(expired, TestClients.NATIVE, SCOPES, null));
    var revoked = browser.allowed(TestClients.NATIVE, SCOPES);
    local.wiring().stores().families().revoke(revoked, "client", TestFamilies.NOW + 9);
    var signedOut = SecretHash.of("signed out");
    var online = id();
    browser.allowed(
        TestFamilies.first(online, "r0"),
        grant(online, TestClients.NATIVE, "online_access", signedOut));
    raise(new Cutoffs.Of.Session(signedOut));
    browser.allowed(TestClients.WEB, SCOPES);
    raise(new Cutoffs.Of.App(TestUsers.ana().subject(), TestClients.WEB));
    browser.allowed(new ClientId("deleted"), SCOPES);
    raise(new Cutoffs.Of.Client(new ClientId("deleted")));

    assertThat(browser.open().body()).contains("No app holds a key to your records.");
  }

  @Test
  void anAppThatIsGoneIsNamedAsThatAndItsKeyCanBeTakenBack() {
    var id = browser.allowed(new ClientId("gone"), SCOPES);

    assertThat(browser.open().body())
        .contains("<bdi>An app that is no longer registered</bdi></h2>");

    var answer = browser.post("take-back", "key", id.value());
    assertThat(browser.follow(answer).body())
        .contains("<bdi>An app that is no longer registered</bdi></strong> can no longer use");
    assertThat(browser.stands(id)).isFalse();
  }

  @Test
  void aRecordThatTheUserMayNotActForAnyMoreIsStillListed() {
    var id = id();
    browser.allowed(
        TestFamilies.first(id, TestClients.NATIVE, "r0"),
        new FamilyGrant(
            id,
            TestClients.NATIVE,
            TestUsers.ana().subject(),
            "Patient/ana",
            ScopeSet.parse(SCOPES),
            new LaunchContext("stranger"),
            TestFamilies.NOW,
            TestFamilies.NOW,
            null));

    assertThat(browser.open().body()).contains("for whom you no longer act");
  }

  @Test
  void readingThePageKeepsTheSessionAlive() {
    for (int i = 0; i < 4; i++) {
      local.clock().advance(SessionPolicy.IDLE.minusSeconds(1));
      assertThat(browser.open().body()).contains("Signed in as");
    }
    local.clock().advance(SessionPolicy.IDLE);
    assertThat(browser.open().body()).contains("<h1>Sign in to see your apps</h1>");
  }

  @Test
  void aHostileNameStaysText() {
    local.seed(
        TestClients.nativeApp()
            .with(ClientProfile.named("</bdi><script>alert(1)</script>\u202E", "")));
    var id = browser.allowed(TestClients.NATIVE, SCOPES);

    var listed = browser.open();
    var after = browser.follow(browser.post("take-back", "key", id.value()));

    for (var page : new TestBrowser.Answer[] {listed, after}) {
      assertThat(page.body())
          .contains("<bdi>&lt;/bdi&gt;&lt;script&gt;alert(1)&lt;/script&gt;</bdi>")
          .doesNotContain("<script", "\u202E");
    }
  }

  private static FamilyId id() {
    return FamilyId.fresh(Entropy.secure());
  }

  private FamilyGrant grant(
      FamilyId id, ClientId client, String scopes, @Nullable SecretHash session) {
    return new FamilyGrant(
        id,
        client,
        TestUsers.ana().subject(),
        "Patient/ana",
        ScopeSet.parse(scopes),
        new LaunchContext("ana"),
        TestFamilies.NOW,
        TestFamilies.NOW,
        session);
  }

  private void raise(Cutoffs.Of of) {
    local.wiring().stores().cutoffs().raise(of, local.clock().seconds(), Lifetimes.END_OF_TIME);
  }
}
