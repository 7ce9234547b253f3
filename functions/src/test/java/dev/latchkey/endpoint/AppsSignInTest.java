package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.policy.SessionPolicy;
import dev.latchkey.policy.SignInPolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Wiring;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Signing in and out at `/apps`, and who is not let in.
class AppsSignInTest {
  private static final String SCOPES = "launch/patient offline_access patient/Observation.rs";
  private static final String EVIL = "https://evil.example";

  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestUsers.ana()).seed(TestUsers.ben());
  private final AppsBrowser browser = new AppsBrowser(local);

  @Test
  void asksForUserNameAndPasswordUnderACookieThatIsNoSession() {
    var page = browser.open();

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("<h1>Sign in to see your apps</h1>", "name=\"password\"")
        .doesNotContain("sandbox", "role=\"alert\"");
    assertThat(page.cookies())
        .singleElement()
        .asString()
        .matches(
            AppsBrowser.BROWSER + "=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure");
    assertThat(browser.open().cookies()).isEmpty();
  }

  @Test
  void theRightPasswordLeadsToTheListUnderANewSession() {
    var answer = browser.signIn(" ANA ", TestUsers.PASSWORD);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.location()).isEqualTo("https://latchkey.example/apps");
    assertThat(answer.cookies())
        .singleElement()
        .asString()
        .matches(
            TestBrowser.SESSION + "=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure");
    assertThat(browser.follow(answer).body()).contains("Signed in as <strong><bdi>Ana Silva");
    assertThat(browser.open().cookies()).isEmpty();
  }

  @Test
  void aBrowserThatIsSignedInForAnAppIsSignedInHereAndTheOtherWayRound() {
    browser.browser().signIn(SCOPES, "ana", TestUsers.PASSWORD);
    assertThat(browser.open().body()).contains("Signed in as <strong><bdi>Ana Silva");

    var other = AppsBrowser.ofAna(local);
    var txn = other.browser().arrive(SCOPES);
    assertThat(other.browser().open("sign-in", txn).path()).isEqualTo("/interaction/consent");
  }

  @Test
  void signingInAgainEndsTheSessionBefore() {
    browser.signIn("ana", TestUsers.PASSWORD);
    var before = browser.browser().cookie(TestBrowser.SESSION);
    var fresh = new AppsBrowser(local);
    var csrf = fresh.open().inputs("csrf").getFirst();
    fresh.browser().cookies().put(TestBrowser.SESSION, before);

    fresh.postWith(csrf, "sign-in", "username", "ben", "password", TestUsers.PASSWORD);

    assertThat(fresh.browser().cookie(TestBrowser.SESSION)).isNotEqualTo(before);
    assertThat(isLive(before)).isFalse();
  }

  @Test
  void unknownUserAndWrongPasswordGetTheSamePage() {
    var wrong = browser.signIn("ana", "nonsense");
    var unknown = browser.signIn("zoe", "nonsense");

    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.body()).contains("This user name or password is not right.");
    assertThat(unknown.status()).isEqualTo(403);
    assertThat(unknown.body()).isEqualTo(wrong.body().replace("value=\"ana\"", "value=\"zoe\""));
    assertThat(browser.browser().cookies()).doesNotContainKey(TestBrowser.SESSION);
  }

  @ParameterizedTest
  @CsvSource({"'',secret", "ana,''", "' ',secret"})
  void bothFieldsAreNeeded(String username, String password) {
    var answer = browser.signIn(username, password);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Type both your user name and your password.");
  }

  @Test
  void guessingHereAndAtTheOtherPageIsCountedTogether() {
    var txn = browser.browser().arrive(SCOPES);
    for (int i = 0; i < SignInPolicy.FREE_ATTEMPTS - 1; i++) {
      browser.signIn("ana", "guess " + i);
    }
    browser.browser().submit("sign-in", txn, "username", "ana", "password", "guess");

    var slowed = browser.signIn("ana", TestUsers.PASSWORD);

    assertThat(slowed.status()).isEqualTo(429);
    assertThat(slowed.body()).contains("too many tries with this user name");
    var wait = Integer.parseInt(slowed.headers().get("retry-after"));
    local.clock().advance(Duration.ofSeconds(wait));
    assertThat(browser.signIn("ana", TestUsers.PASSWORD).status()).isEqualTo(303);
  }

  @Test
  void signOutEndsTheSessionAndTheOnlineAccessThatCameFromIt() {
    var txn = browser.browser().signIn("launch/patient online_access", "ana", TestUsers.PASSWORD);
    browser.browser().allow(txn, browser.browser().open("consent", txn).ticked());
    var session = browser.browser().cookie(TestBrowser.SESSION);

    var answer = browser.post("sign-out");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(browser.browser().cookies()).doesNotContainKey(TestBrowser.SESSION);
    assertThat(isLive(session)).isFalse();
    assertThat(browser.follow(answer).body()).contains("<h1>You are signed out</h1>");
    assertThat(browser.open().body()).contains("<h1>Sign in to see your apps</h1>");
    var ended = new Cutoffs.Of.Session(SecretHash.of(session));
    assertThat(local.wiring().stores().cutoffs().find(List.of(ended))).containsKey(ended);
  }

  @Test
  void aFormWithoutTheTokenOfThisSessionDoesNothing() {
    var before = browser.open().inputs("csrf").getFirst();
    browser.signIn("ana", TestUsers.PASSWORD);
    var id = browser.allowed(TestClients.NATIVE, SCOPES);
    var ben = new AppsBrowser(local);
    ben.signIn("ben", TestUsers.PASSWORD);
    var bens = ben.open().inputs("csrf").getFirst();

    for (var token : List.of("", "x", before, bens)) {
      for (var action :
          List.of("take-back", "take-back-app", "take-back-everything", "sign-out", "password")) {
        var answer =
            browser.postWith(
                token,
                action,
                "key",
                id.value(),
                "current",
                TestUsers.PASSWORD,
                "password",
                "a new password",
                "repeated",
                "a new password");
        assertThat(answer.status()).as(action).isEqualTo(403);
        assertThat(answer.cookies()).isEmpty();
      }
    }
    assertThat(browser.stands(id)).isTrue();
    assertThat(browser.open().body()).contains(id.value());
  }

  @Test
  void signInNeedsTheTokenOfThisBrowser() {
    var stranger = new AppsBrowser(local);
    var token = stranger.open().inputs("csrf").getFirst();
    var withoutCookie =
        browser.postWith(token, "sign-in", "username", "ana", "password", TestUsers.PASSWORD);
    browser.open();
    var withAnother =
        browser.postWith(token, "sign-in", "username", "ana", "password", TestUsers.PASSWORD);

    assertThat(List.of(withoutCookie.status(), withAnother.status())).containsOnly(403);
    assertThat(browser.browser().cookies()).doesNotContainKey(TestBrowser.SESSION);
  }

  @ParameterizedTest
  @CsvSource({"origin, " + EVIL, "sec-fetch-site, cross-site", "sec-fetch-site, same-site"})
  void aFormFromAnotherSiteDoesNothing(String header, String value) {
    browser.signIn("ana", TestUsers.PASSWORD);
    var id = browser.allowed(TestClients.NATIVE, SCOPES);
    var csrf = browser.open().inputs("csrf").getFirst();
    local.calls().reset();
    browser.browser().sending(header, value);

    var answer = browser.postWith(csrf, "take-back", "key", id.value());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(local.calls().counts()).isEmpty();
    assertThat(browser.stands(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"take-back", "take-back-app", "take-back-everything", "sign-out", "password"})
  void aFormAfterTheSessionEndedLeadsToSignInAndDoesNothing(String action) {
    browser.signIn("ana", TestUsers.PASSWORD);
    var id = browser.allowed(TestClients.NATIVE, SCOPES);
    var csrf = browser.open().inputs("csrf").getFirst();
    local.clock().advance(SessionPolicy.IDLE);

    var answer = browser.postWith(csrf, action, "key", id.value());

    assertThat(answer.location()).isEqualTo("https://latchkey.example/apps");
    assertThat(browser.stands(id)).isTrue();
    assertThat(browser.open().body()).contains("<h1>Sign in to see your apps</h1>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"take-back", "sign-out", "sign-in", "password"})
  void theAddressOfAFormLeadsToTheList(String action) {
    assertThat(browser.get(action).location()).isEqualTo("https://latchkey.example/apps");
  }

  @Test
  void thereIsNothingElseBelow() {
    browser.signIn("ana", TestUsers.PASSWORD);

    assertThat(browser.get("nonsense").status()).isEqualTo(404);
    assertThat(browser.post("nonsense").status()).isEqualTo(404);
    assertThat(browser.post("").status()).isEqualTo(405);
    assertThat(browser.post("take-back", "key", "x".repeat(20_000)).status()).isEqualTo(413);
    assertThat(browser.post("take-back", "key", "a", "key", "b").status()).isEqualTo(400);
  }

  @Test
  void peopleGetAPageAndNotJsonWhileTheStoreDoesNotAnswer() {
    var down =
        Wiring.from(
            local.settings(),
            new AwsClients(Faults.unreachable(DynamoDbClient.class), new InProcessKms()),
            local.events(),
            local.clock(),
            Entropy.secure());
    browser.signIn("ana", TestUsers.PASSWORD);

    var page = browser.browser().send(new AppsFunction(down), "GET", "/apps", "", "", "");

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.headers())
        .containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry("retry-after", "5");
    assertThat(page.body())
        .contains("We cannot go on just now")
        .doesNotContain("DynamoDB", "refused", "Exception");
  }

  private boolean isLive(String cookie) {
    return local
        .wiring()
        .stores()
        .sessions()
        .find(SecretHash.of(cookie), local.clock().instant())
        .isPresent();
  }
}
