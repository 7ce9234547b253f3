package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.OpenIdProvider;
import dev.latchkey.contract.SharedServer;
import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Parameters;
import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/// A deployment whose people sign in at a portal, and what their browsers do there.
record PortalDeployment(LocalWiring local, OpenIdProvider provider, Wiring wiring)
    implements SharedServer {
  static final String SCOPE = "launch/patient openid fhirUser patient/Observation.rs";

  static PortalDeployment start() {
    var local = LocalWiring.start().seed(TestClients.nativeApp());
    try {
      var provider = OpenIdProvider.start(local.clock());
      return new PortalDeployment(local, provider, local.wiring().withPortal(provider.portal()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  TestBrowser browser() {
    return new TestBrowser(wiring);
  }

  /// The address at the portal that the sign-in leads to.
  String leave(TestBrowser browser, String txn) {
    var away = browser.open("sign-in", txn);
    assertThat(away.status()).isEqualTo(303);
    assertThat(away.location()).startsWith(provider.issuer() + "/authorize?");
    return away.location();
  }

  /// Goes to the portal and comes back.
  TestBrowser.Answer comeBack(TestBrowser browser, String address)
      throws IOException, InterruptedException {
    return answer(browser, provider.query(address));
  }

  TestBrowser.Answer answer(TestBrowser browser, String query) {
    return answer(wiring, browser, query);
  }

  static TestBrowser.Answer answer(Wiring on, TestBrowser browser, String query) {
    return browser.send(
        new InteractionFunction(on), "GET", "/interaction/portal", query, "", "portal");
  }

  static Parameters query(String address) {
    return Parameters.parse(URI.create(address).getRawQuery());
  }

  static String state(String address) {
    return query(address).get("state").orElseThrow();
  }

  /// Of the page that says what went wrong.
  static String tryAgain(String txn) {
    return LocalWiring.ISSUER + "/interaction/sign-in?txn=" + txn;
  }

  /// The portal says what it says by itself.
  @Override
  public void forget() {
    provider.forget();
  }

  @Override
  public void close() {
    provider.close();
  }
}
