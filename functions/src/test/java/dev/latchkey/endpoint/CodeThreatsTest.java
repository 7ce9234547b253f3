package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.assertSentBack;
import static dev.latchkey.endpoint.Asking.changed;
import static dev.latchkey.endpoint.Grants.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.account.Assurance;
import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.client.Client;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SigningApp;
import dev.latchkey.contract.TestClients;
import dev.latchkey.family.FamilyId;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Threats T02 and T10 to T12: a code, or a refresh token, in the hands of another.
class CodeThreatsTest {
  private static final LocalWiring local = LocalWiring.start();
  private static final TokenFunction function = new TokenFunction(local.wiring());
  private static final AuthorizeFunction authorize = new AuthorizeFunction(local.wiring());
  private static final Grants grants = new Grants(local);
  private static final SigningApp SIGNING = SigningApp.called("signing-app");

  /// One app of each kind, and how it says who it is.
  record App(Client client, String redirectUri, UnaryOperator<Call> identified) {
    @Override
    public String toString() {
      return client.id().value();
    }

    String code() {
      return grants.code(client.id(), redirectUri, Grants.SCOPE);
    }

    Call exchange(String code, String usedRedirectUri) {
      return identified.apply(
          Call.post("/token")
              .with("grant_type", "authorization_code")
              .with("code", code)
              .with("redirect_uri", usedRedirectUri)
              .with("code_verifier", Grants.VERIFIER));
    }

    Call refresh(String token) {
      return identified.apply(
          Call.post("/token").with("grant_type", "refresh_token").with("refresh_token", token));
    }
  }

  private static final List<App> APPS =
      List.of(
          new App(
              TestClients.nativeApp(),
              TestClients.NATIVE_REDIRECT,
              call -> call.with("client_id", TestClients.NATIVE.value())),
          new App(
              TestClients.browserApp(),
              TestClients.BROWSER_REDIRECT,
              call -> call.with("client_id", TestClients.BROWSER.value())),
          new App(
              TestClients.webApp(),
              TestClients.WEB_REDIRECT,
              call ->
                  call.header(
                      "authorization",
                      Grants.basic(TestClients.WEB.value(), TestClients.WEB_SECRET))),
          new App(
              SIGNING.registered(),
              SigningApp.REDIRECT,
              call ->
                  call.with("client_assertion_type", SigningApps.TYPE)
                      .with("client_assertion", SIGNING.assertion(local.clock().instant()))));

  @BeforeAll
  static void seed() {
    APPS.forEach(app -> local.seed(app.client()));
  }

  @ParameterizedTest
  @CsvSource({
    "'', invalid_request",
    "'   ', invalid_grant",
    "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong, invalid_grant",
  })
  void t02_aStolenCodeIsWorthNothingWithoutItsVerifier(String verifier, String error) {
    var code = grants.nativeCode();
    local.calls().reset();

    assertRefused(grants.changed(code, "code_verifier", verifier).to(function), 400, error);

    assertThat(local.calls().writes()).isZero();
    assertThat(grants.exchange(code).to(function).status()).isEqualTo(200);
  }

  @Test
  void t02_norWithAVerifierOfTheThief() {
    var code = grants.nativeCode();
    var random = Entropy.secure().value();

    assertRefused(grants.changed(code, "code_verifier", random).to(function), 400, "invalid_grant");
    assertThat(grants.exchange(code).to(function).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"code_challenge", "code_challenge_method"})
  void t10_withoutAChallengeThereIsNoCode(String stripped) {
    assertSentBack(
        Call.get("/authorize").with(changed(stripped, "")).to(authorize), "invalid_request");

    var both = changed("code_challenge", "");
    both.put("code_challenge_method", "");
    assertSentBack(Call.get("/authorize").with(both).to(authorize), "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {Grants.VERIFIER, "", "any-verifier-that-somebody-may-think-of-today"})
  void t10_aCodeThatWasKeptWithoutAChallengeIsWorthNothing(String verifier) {
    for (var challenge : List.of("", Grants.VERIFIER)) {
      var code = Entropy.secure().value();
      local.wiring().stores().codes().issue(SecretHash.of(code), boundTo(challenge));

      var answer = grants.changed(code, "code_verifier", verifier).to(function);

      assertRefused(answer, 400, verifier.isEmpty() ? "invalid_request" : "invalid_grant");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "code_challenge_method, plain",
    "code_challenge_method, s256",
    "code_challenge_method, S512",
    "code_challenge_method, ''",
    "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
    "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM",
    "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
    "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
  })
  void t11_nothingButS256IsAChallenge(String name, String value) {
    assertSentBack(
        Call.get("/authorize").with(changed(name, value)).to(authorize), "invalid_request");
  }

  /// Each of these is what the challenge was made from, so that nothing else stands in its way.
  @ParameterizedTest
  @MethodSource
  void t11_aVerifierHasToBeLongEnoughAndOfItsAlphabet(String verifier, boolean works) {
    var code = Entropy.secure().value();
    var codes = local.wiring().stores().codes();
    codes.issue(SecretHash.of(code), boundTo(SecretHash.of(verifier).value()));

    var answer = grants.changed(code, "code_verifier", verifier).to(function);

    if (works) {
      assertThat(answer.status()).isEqualTo(200);
    } else {
      assertRefused(answer, 400, "invalid_grant");
    }
  }

  static Stream<Arguments> t11_aVerifierHasToBeLongEnoughAndOfItsAlphabet() {
    return Stream.of(
        arguments("a".repeat(43), true),
        arguments("Aa0-._~".repeat(18) + "zz", true),
        arguments("a".repeat(42), false),
        arguments("a".repeat(129), false),
        arguments("a".repeat(43) + "+", false),
        arguments("a".repeat(43) + " ", false),
        arguments("a".repeat(43) + "é", false),
        arguments("a".repeat(43) + "\n", false),
        arguments("a".repeat(43) + "=", false));
  }

  @Test
  void t11_whoeverReadTheChallengeHasNoVerifier() {
    var code = grants.nativeCode();
    var challenge = SecretHash.of(Grants.VERIFIER).value();

    assertRefused(
        grants.changed(code, "code_verifier", challenge).to(function), 400, "invalid_grant");
    assertThat(grants.exchange(code).to(function).status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{1} with the code of {0}")
  @MethodSource("pairs")
  void t12_aCodeIsForTheAppThatAskedForIt(App owner, App thief) {
    var code = owner.code();

    assertRefused(thief.exchange(code, owner.redirectUri()).to(function), 400, "invalid_grant");
    assertRefused(thief.exchange(code, thief.redirectUri()).to(function), 400, "invalid_grant");

    assertThat(owner.exchange(code, owner.redirectUri()).to(function).status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{1} with the refresh token of {0}")
  @MethodSource("pairs")
  void t12_aRefreshTokenIsForTheAppThatGotIt(App owner, App thief) {
    var token =
        owner.exchange(owner.code(), owner.redirectUri()).to(function).text("refresh_token");

    assertRefused(thief.refresh(token).to(function), 400, "invalid_grant");

    assertThat(owner.refresh(token).to(function).status()).isEqualTo(200);
  }

  static Stream<Arguments> pairs() {
    return APPS.stream()
        .flatMap(
            owner ->
                APPS.stream()
                    .filter(thief -> !thief.equals(owner))
                    .map(thief -> arguments(owner, thief)));
  }

  /// What a code of the native app is kept with, but for the challenge.
  private static CodeBinding boundTo(String challenge) {
    var usual =
        local.wiring().stores().codes().find(SecretHash.of(grants.nativeCode())).orElseThrow();
    return new CodeBinding(
        usual.client(),
        usual.redirectUri(),
        challenge,
        usual.nonce(),
        usual.key(),
        usual.scopes(),
        usual.launch(),
        usual.subject(),
        usual.fhirUser(),
        usual.authenticatedAt(),
        usual.session(),
        usual.sessionEndsAt(),
        FamilyId.fresh(Entropy.secure()),
        usual.expiresAt(),
        usual.accessEndsAt(),
        Assurance.UNSAID);
  }
}
