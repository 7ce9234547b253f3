package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.TestBrowser.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Assurance;
import dev.latchkey.client.Client;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.endpoint.TestBrowser.Answer;
import dev.latchkey.family.FamilyGrant;
import dev.latchkey.family.FamilyId;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.IdTokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signing out where an app asks for it (OpenID Connect RP-Initiated Logout 1.0).
class LogoutTest {
  private static final String BYE = "https://web.example/bye";

  private final LocalWiring local =
      LocalWiring.start()
          .seed(app(TestClients.webApp(), BYE, "https://web.example/bye?of=us"))
          .seed(TestUsers.ana())
          .seed(TestUsers.ben());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  private static Client app(Client app, String... addresses) {
    var uris = List.of(addresses).stream().map(RedirectUri::new).toList();
    return app.with(app.profile().leavingTo(uris));
  }

  @BeforeEach
  void signIn() {
    local.seed(TestClients.nativeApp());
    browser.signIn("launch/patient patient/Goal.rs", "ana", TestUsers.PASSWORD);
    browser.sending("sec-fetch-site", "cross-site");
  }

  @Test
  void ref8_anIdTokenOfWhoeverIsSignedInEndsTheSessionAtOnce() {
    var session = browser.cookie(SESSION);

    var answer =
        get("id_token_hint", idToken("ana"), "post_logout_redirect_uri", BYE, "state", "a state&");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.location()).isEqualTo(BYE + "?state=a%20state%26");
    assertThat(browser.cookies()).doesNotContainKey(SESSION);
    assertThat(isLive(session)).isFalse();
  }

  @Test
  void anIdTokenIsAHintLongAfterItsTime() {
    var idToken = idToken("ana");
    local.clock().advance(Duration.ofMinutes(11));

    get("id_token_hint", idToken);

    assertThat(browser.cookies()).doesNotContainKey(SESSION);
  }

  @Test
  void aQueryThatWasRegisteredStays() {
    var address = "https://web.example/bye?of=us";

    assertThat(
            get("id_token_hint", idToken("ana"), "post_logout_redirect_uri", address, "state", "s")
                .location())
        .isEqualTo(address + "&state=s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://web.example/bye/",
        "https://web.example/bye?a=b",
        "https://web.example/callback",
        "https://web.example.evil.example/bye",
        "//evil.example",
        "javascript:alert(1)"
      })
  void anAddressThatTheAppDidNotRegisterIsNotGoneTo(String address) {
    var answer = get("id_token_hint", idToken("ana"), "post_logout_redirect_uri", address);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("You are signed out").doesNotContain(address);
    assertThat(get("client_id", "test-web", "post_logout_redirect_uri", address).status())
        .isEqualTo(200);
  }

  @Test
  void whoeverIsSignedInIsAskedWhenTheIdTokenIsOfSomebodyElse() {
    assertThat(get("id_token_hint", idToken("ben")).body()).contains("Sign out?", "Ana");

    assertThat(isLive(browser.cookie(SESSION))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"access token", "other app", "other key", "nonsense"})
  void anIdTokenThatIsNotOursForThisAppIsWorthNothing(String kind) {
    var hint =
        switch (kind) {
          case "access token" ->
              new AccessTokens(local.wiring().identity(), local.wiring().signer(), entropy())
                  .issue(
                      grant("ana"),
                      grant("ana").scopes(),
                      Optional.empty(),
                      local.clock().seconds(),
                      Duration.ofMinutes(10));
          case "other app" -> idToken("ana");
          case "other key" -> idToken("ana").replaceAll("[^.]*$", "AAAA");
          default -> "nonsense";
        };
    var client = kind.equals("other app") ? "test-native" : "test-web";

    var answer = get("id_token_hint", hint, "client_id", client, "post_logout_redirect_uri", BYE);

    assertThat(answer.body()).contains("Sign out?");
    assertThat(answer.inputs("post_logout_redirect_uri")).isEmpty();
    assertThat(isLive(browser.cookie(SESSION))).isTrue();
  }

  @Test
  void whoeverSaysYesOnThePageIsSignedOutAndGoesBackToTheApp() {
    var session = browser.cookie(SESSION);
    var page = get("client_id", "test-web", "post_logout_redirect_uri", BYE, "state", "s");
    assertThat(page.body()).contains("Sign out?", "Test Web", "Ana");
    assertThat(page.headers().get("content-security-policy"))
        .endsWith("form-action 'self' https://web.example");

    var answer = confirm(page);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(isLive(session)).isFalse();
    assertThat(browser.cookies()).doesNotContainKey(SESSION);
    assertThat(follow(answer).location()).isEqualTo(BYE + "?state=s");
  }

  @Test
  void whoeverCameWithoutAnAppStaysHere() {
    assertThat(confirm(get()).location()).isEqualTo(LocalWiring.ISSUER + "/logout");
  }

  @Test
  void aFormOfAnAppIsAnsweredWithTheAddressOfThePageAndKeepsWhatItSaid() {
    var session = browser.cookie(SESSION);
    browser.cookies().clear();

    var answer = post("id_token_hint", idToken("ana"), "post_logout_redirect_uri", BYE);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.path()).isEqualTo("/logout");
    browser.cookies().put(SESSION, session);
    assertThat(follow(answer).location()).isEqualTo(BYE);
    assertThat(isLive(session)).isFalse();
  }

  @Test
  void aFormThatIsTooLongForAnAddressIsRefused() {
    assertThat(post("state", "a".repeat(6 * 1024)).status()).isEqualTo(413);
    assertThat(post("state", "ü".repeat(1100)).status()).isEqualTo(413);
  }

  @Test
  void t14_noOtherSiteCanSayYes() {
    var csrf = get().inputs("csrf").getFirst();
    assertThat(post("csrf", csrf).status()).isEqualTo(403);

    browser.sending("sec-fetch-site", "same-origin");
    assertThat(post("csrf", "x" + csrf.substring(1)).status()).isEqualTo(403);
    assertThat(isLive(browser.cookie(SESSION))).isTrue();
  }

  @Test
  void nobodyIsSentToAnAppThatNobodyAnswersForWithoutSeeingWhere() {
    var unchecked =
        app(TestClients.browserApp(), "https://app.example/bye")
            .with(TestClients.browserApp().registration().at(IdentityLevel.UNVERIFIED));
    local.seed(unchecked);
    browser.cookies().clear();

    var answer =
        get("client_id", "test-browser", "post_logout_redirect_uri", "https://app.example/bye");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("You are signed out", "Go to <bdi>app.example</bdi>");
  }

  @Test
  void repeatedAndBrokenParametersAreRefused() {
    assertThat(send("GET", "state=a&state=b", "").status()).isEqualTo(400);
    assertThat(send("GET", "state=%FF", "").status()).isEqualTo(400);
    assertThat(send("POST", "", "state=a&state=b").status()).isEqualTo(400);
    assertThat(isLive(browser.cookie(SESSION))).isTrue();
  }

  @Test
  void thePagesSpeakTheLanguageOfThePerson() {
    assertThat(get("ui_locales", "es").body()).contains("<html lang=\"es\">", "¿Cerrar la sesión?");
    browser.cookies().clear();
    assertThat(get("ui_locales", "es").body()).contains("Ha cerrado la sesión");
    browser.sending("accept-language", "es-MX");
    assertThat(get().body()).contains("Ha cerrado la sesión");
    assertThat(send("GET", "state=a&state=b", "").body()).contains("<html lang=\"es\">");
  }

  private String idToken(String user) {
    return new IdTokens(local.wiring().identity(), local.wiring().signer())
        .issue(grant(user), Assurance.UNSAID, null, "not-a-secret-token", local.clock().seconds());
  }

  private FamilyGrant grant(String user) {
    var subject = user.equals("ana") ? TestUsers.ana().subject() : TestUsers.ben().subject();
    return new FamilyGrant(
        FamilyId.fresh(entropy()),
        TestClients.WEB,
        subject,
        "Patient/" + user,
        ScopeSet.parse("openid fhirUser"),
        new LaunchContext(user),
        local.clock().seconds(),
        local.clock().seconds(),
        null);
  }

  private static Entropy entropy() {
    return Entropy.secure();
  }

  private boolean isLive(String session) {
    return local.wiring().browserSessions().live(session, local.clock().instant()).isPresent();
  }

  private Answer confirm(Answer page) {
    browser.sending("sec-fetch-site", "same-origin");
    var fields = new ArrayList<String>();
    for (var name : List.of("csrf", "client_id", "post_logout_redirect_uri", "state")) {
      page.inputs(name).forEach(value -> fields.addAll(List.of(name, value)));
    }
    return post(fields.toArray(String[]::new));
  }

  private Answer follow(Answer answer) {
    return send("GET", answer.location().split("\\?", 2)[1], "");
  }

  private Answer get(String... parameters) {
    return send("GET", encoded(parameters), "");
  }

  private Answer post(String... parameters) {
    return send("POST", "", encoded(parameters));
  }

  private Answer send(String method, String query, String body) {
    var function = new LogoutFunction(local.wiring());
    return browser.send(function, method, "/logout", query, body, "");
  }

  private static String encoded(String... parameters) {
    var pairs = new ArrayList<String>();
    for (int i = 0; i < parameters.length; i += 2) {
      pairs.add(parameters[i] + "=" + URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return String.join("&", pairs);
  }
}
