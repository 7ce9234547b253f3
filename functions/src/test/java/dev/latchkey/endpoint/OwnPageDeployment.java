package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Json;
import dev.latchkey.http.Parameters;
import dev.latchkey.wiring.Settings;
import dev.latchkey.wiring.Wiring;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A deployment whose people sign in at a page of the team's own, and what browsers and that page
/// do.
record OwnPageDeployment(LocalWiring local) {
  static final String PAGE = "https://login.hospital.example/sign-in?for=apps";

  static OwnPageDeployment start() {
    var here = LocalWiring.start();
    var settings = here.settings();
    var there =
        new Settings(
            settings.identity(),
            settings.signingKeys(),
            settings.tokenKeyArn(),
            settings.keySetFunction(),
            settings.tables(),
            settings.region(),
            settings.awsEndpoint(),
            settings.registration(),
            settings.remembersConsent(),
            new Settings.SignIn("", PAGE),
            false);
    return new OwnPageDeployment(LocalWiring.over(there, here.aws()).seed(TestClients.nativeApp()));
  }

  Wiring wiring() {
    return local.wiring();
  }

  TestBrowser browser() {
    return new TestBrowser(wiring());
  }

  /// The handle that a browser takes to the page.
  static String handle(TestBrowser.Answer away) {
    assertThat(away.status()).isEqualTo(303);
    assertThat(away.location()).startsWith(PAGE + "&handle=");
    return query(away.location()).get("handle").orElseThrow();
  }

  String leave(TestBrowser browser, String txn) {
    return handle(browser.open("sign-in", txn));
  }

  /// What the page asks or says, by its Lambda event.
  Invocation page(Map<String, Object> command) {
    return Invocation.of(new SignInPageFunction(wiring()), Json.write(command));
  }

  /// What the page learns of a sign-in.
  Map<String, Object> show(String handle) {
    return page(Map.of("command", "show", "handle", handle)).answer();
  }

  Invocation accept(String handle, Map<String, Object> user) {
    return page(Map.of("command", "accept", "handle", handle, "user", user));
  }

  /// The address at which the browser of somebody who signed in comes back.
  String accepted(String handle, Map<String, Object> user) {
    var answer = accept(handle, user).answer();
    assertThat(answer).containsOnlyKeys("redirect_to", "expires_in");
    return String.valueOf(answer.get("redirect_to"));
  }

  /// Ana, with one change.
  ///
  /// @param value null for none
  Map<String, Object> ana(String member, @Nullable Object value) {
    var user = new LinkedHashMap<String, Object>();
    user.put("sub", "4711");
    user.put("name", "Ana Silva");
    user.put("birthdate", "1988-04-02");
    user.put("fhirUser", "Patient/ana");
    user.put("auth_time", local.clock().seconds() - 5);
    user.put("acr", "urn:example:two-factors");
    user.put("amr", List.of("pwd", "otp"));
    if (value == null) {
      user.remove(member);
    } else {
      user.put(member, value);
    }
    return user;
  }

  Map<String, Object> ana() {
    return ana("sub", "4711");
  }

  /// A browser opens an address of this server.
  TestBrowser.Answer open(TestBrowser browser, String address) {
    assertThat(address).startsWith(LocalWiring.ISSUER + "/interaction/portal?");
    return PortalDeployment.answer(wiring(), browser, address.split("\\?", 2)[1]);
  }

  static Parameters query(String address) {
    return Parameters.parse(address.split("\\?", 2)[1]);
  }

  /// The page is told that there is no such handle, and so are operators.
  static void assertInvalid(Invocation answer) {
    assertThat(answer.answer()).containsEntry("error", "invalid_handle");
    assertThat(answer.log()).singleElement().asString().contains("invalid_handle");
  }
}
