package dev.latchkey.sandbox.threat;

import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.latchkey.contract.TestClients;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.flow.SmartApp;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// The classes of apps whose access lasts for months.
enum AppClass {
  /// Public: whoever holds a token can use it. A page, not an app on a device, which would get
  /// hours only; none of the sandbox's own, whose callback the browser would follow.
  BROWSER(
      TestClients.BROWSER.value(),
      Optional.empty(),
      TestClients.BROWSER_REDIRECT,
      Duration.ofSeconds(29)),
  /// Confidential: it proves with a secret who it is.
  WEB(
      "demo-web",
      Optional.of("sandbox-secret-not-for-production"),
      "http://localhost:9000/callback",
      Duration.ofDays(3));

  private final String id;
  private final Optional<String> secret;
  private final URI redirectUri;

  /// How long after a lost answer the app may well ask again.
  private final Duration patience;

  AppClass(String id, Optional<String> secret, String redirectUri, Duration patience) {
    this.id = id;
    this.secret = secret;
    this.redirectUri = URI.create(redirectUri);
    this.patience = patience;
  }

  Duration patience() {
    return patience;
  }

  boolean isPublic() {
    return secret.isEmpty();
  }

  String id() {
    return id;
  }

  Optional<String> secret() {
    return secret;
  }

  URI redirectUri() {
    return redirectUri;
  }

  SmartApp at(RunningSandbox sandbox) {
    return new SmartApp(
        SmartApp.discover(sandbox.baseUrl()),
        sandbox.fhirBase(),
        new ClientID(id),
        secret.map(Secret::new),
        redirectUri);
  }
}
