package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.wiring.Wiring;

/// A server in the middle of its work, and every secret that somebody holds of it: apps that
/// refreshed their tokens, a code on its way, a patient who signed in, another who is about to.
final class LivelyDeployment {
  static final String SCOPE = "openid fhirUser launch/patient offline_access patient/Patient.rs";
  static final String NATIVE_REDIRECT = "http://127.0.0.1:51004/callback";

  final Wiring wiring;
  final TokenFunction function;

  /// Signed in, with a transaction that waits for consent.
  final TestBrowser signedIn;

  final String waiting;

  /// On the sign-in page of a transaction of its own.
  final TestBrowser arrived;

  final String begun;
  final String code;
  final Answer nativeTokens;
  final Answer webTokens;

  LivelyDeployment(Wiring wiring) {
    this.wiring = wiring;
    function = new TokenFunction(wiring);
    wiring.stores().clients().put(TestClients.nativeApp());
    wiring.stores().clients().put(TestClients.hashed(TestClients.webApp(), wiring.secretHashing()));
    wiring.stores().users().put(TestUsers.ana());
    wiring.stores().users().put(TestUsers.ben());
    signedIn = new TestBrowser(wiring);
    nativeTokens = twiceRefreshed(connected(nativeExchange(firstCode())));
    webTokens =
        webRefresh(TestClients.WEB_SECRET, webConnected().text("refresh_token")).to(function);
    waiting = signedIn.arrive(SCOPE);
    signedIn.open("sign-in", waiting);
    arrived = new TestBrowser(wiring);
    begun = arrived.arrive(SCOPE);
    arrived.submit("sign-in", begun, "username", "ben", "password", "a guess");
    code = freshCode();
  }

  /// A code of the native app that nobody exchanged yet.
  String freshCode() {
    return allowed(signedIn.arrive(SCOPE));
  }

  /// Full name of a cookie, with the prefix that it has on https.
  String cookieName(String name) {
    return wiring.identity().issuer().startsWith("https://") ? "__Host-" + name : name;
  }

  Call nativeExchange(String value) {
    return exchange(value, NATIVE_REDIRECT).with("client_id", TestClients.NATIVE.value());
  }

  Call nativeRefresh(String value) {
    return Call.post("/token")
        .with("grant_type", "refresh_token")
        .with("refresh_token", value)
        .with("client_id", TestClients.NATIVE.value());
  }

  static Call webRefresh(String secret, String value) {
    return Call.post("/token")
        .header("authorization", Grants.basic(TestClients.WEB.value(), secret))
        .with("grant_type", "refresh_token")
        .with("refresh_token", value);
  }

  private static Call exchange(String value, String redirectUri) {
    return Call.post("/token")
        .with("grant_type", "authorization_code")
        .with("code", value)
        .with("redirect_uri", redirectUri)
        .with("code_verifier", Grants.VERIFIER);
  }

  private String firstCode() {
    return allowed(signedIn.signIn(SCOPE, "ana", TestUsers.PASSWORD));
  }

  private String allowed(String txn) {
    signedIn.open("sign-in", txn);
    var scopes = signedIn.open("consent", txn).inputs("scope");
    var code = signedIn.allow(txn, scopes).parameter("code");
    return String.valueOf(code);
  }

  private Answer webConnected() {
    var txn = signedIn.arrive(TestClients.WEB.value(), TestClients.WEB_REDIRECT, SCOPE);
    return connected(
        exchange(allowed(txn), TestClients.WEB_REDIRECT)
            .header(
                "authorization", Grants.basic(TestClients.WEB.value(), TestClients.WEB_SECRET)));
  }

  private Answer connected(Call exchange) {
    var answer = exchange.to(function);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private Answer twiceRefreshed(Answer tokens) {
    var once = nativeRefresh(tokens.text("refresh_token")).to(function);
    return nativeRefresh(once.text("refresh_token")).to(function);
  }
}
