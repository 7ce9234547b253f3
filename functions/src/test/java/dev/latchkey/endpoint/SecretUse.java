package dev.latchkey.endpoint;

import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Cookies;
import java.util.List;
import java.util.function.Predicate;

/// One thing that a stranger could do with a string.
///
/// @param real a string that it works with
/// @param works tries a string, and changes nothing unless it works
record SecretUse(String name, String real, Predicate<String> works) {

  /// Every use. Real ones use things up, so they come after what depends on those things.
  static List<SecretUse> of(LivelyDeployment on) {
    return List.of(
        new SecretUse(
            "authorization code", on.code, value -> isServed(on, on.nativeExchange(value))),
        new SecretUse(
            "refresh token of the public app",
            on.nativeTokens.text("refresh_token"),
            value -> isServed(on, on.nativeRefresh(value))),
        new SecretUse(
            "refresh token of the confidential app, with its secret",
            on.webTokens.text("refresh_token"),
            value -> isServed(on, LivelyDeployment.webRefresh(TestClients.WEB_SECRET, value))),
        new SecretUse("client secret", TestClients.WEB_SECRET, value -> authenticates(on, value)),
        new SecretUse(
            "access token", on.webTokens.text("access_token"), value -> isActive(on, value)),
        new SecretUse(
            "access token of a caller",
            on.nativeTokens.text("access_token"),
            value -> mayIntrospect(on, value)),
        new SecretUse(
            "session cookie",
            on.signedIn.cookie(on.cookieName(Cookies.SESSION)),
            value -> opens(on, "consent", on.waiting, Cookies.SESSION, value)),
        new SecretUse(
            "browser cookie",
            on.arrived.cookie(on.cookieName(Cookies.BROWSER)),
            value -> opens(on, "sign-in", on.begun, Cookies.BROWSER, value)),
        new SecretUse(
            "transaction handle",
            on.begun,
            value -> on.arrived.open("sign-in", value).status() == 200),
        new SecretUse(
            "session cookie of a browser that just arrived",
            on.signedIn.cookie(on.cookieName(Cookies.SESSION)),
            value -> signsIn(on, value)),
        new SecretUse(
            "token to revoke", on.nativeTokens.text("access_token"), value -> revokes(on, value)));
  }

  private static boolean isServed(LivelyDeployment on, Call call) {
    return call.to(on.function).status() == 200;
  }

  /// Whoever is let in hears that the refresh token is none.
  private static boolean authenticates(LivelyDeployment on, String secret) {
    return LivelyDeployment.webRefresh(secret, "none")
        .to(on.function)
        .text("error")
        .equals("invalid_grant");
  }

  private static boolean isActive(LivelyDeployment on, String token) {
    return introspect(on, Grants.basic(TestClients.WEB.value(), TestClients.WEB_SECRET), token);
  }

  private static boolean mayIntrospect(LivelyDeployment on, String token) {
    return introspect(on, "Bearer " + token, on.nativeTokens.text("access_token"));
  }

  private static boolean introspect(LivelyDeployment on, String authorization, String token) {
    return Call.post("/introspect")
        .header("authorization", authorization)
        .with("token", token)
        .to(new IntrospectFunction(on.wiring))
        .text("active")
        .equals("true");
  }

  private static boolean opens(
      LivelyDeployment on, String step, String txn, String cookie, String value) {
    var stranger = new TestBrowser(on.wiring);
    stranger.cookies().put(on.cookieName(cookie), value);
    return stranger.open(step, txn).status() == 200;
  }

  /// Somebody's own transaction, and a session cookie that might be somebody else's.
  private static boolean signsIn(LivelyDeployment on, String value) {
    var stranger = new TestBrowser(on.wiring);
    stranger
        .cookies()
        .put(on.cookieName(Cookies.BROWSER), on.arrived.cookie(on.cookieName(Cookies.BROWSER)));
    stranger.cookies().put(on.cookieName(Cookies.SESSION), value);
    return stranger.open("sign-in", on.begun).status() == 303;
  }

  private static boolean revokes(LivelyDeployment on, String token) {
    Call.post("/revoke")
        .with("token", token)
        .with("client_id", TestClients.NATIVE.value())
        .to(new RevokeFunction(on.wiring));
    return !introspect(
        on, "Bearer " + on.nativeTokens.text("access_token"), on.nativeTokens.text("access_token"));
  }
}
