package dev.latchkey.interaction;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientWording;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.http.FormTarget;
import java.net.URI;

/// What the patient should know about the app before deciding.
///
/// @param redirectUri where this request's answer goes
record AppDescription(Client client, String redirectUri) {
  static AppDescription of(Visit visit) {
    return new AppDescription(visit.client(), visit.transaction().request().redirectUri());
  }

  /// Where it runs, in plain words.
  String place() {
    return ClientWording.place(client.applicationType());
  }

  /// How sure we are that it is the app it says it is. A name alone proves nothing: a public app
  /// has no secret, so any other app can send its client_id (RFC 8252 section 8.6).
  String identity() {
    return switch (client.clientClass()) {
      case PUBLIC_BEARER, PUBLIC_NATIVE, PUBLIC_DPOP ->
          "We cannot verify who made this app. Go on only if you opened it yourself and trust it.";
      case PUBLIC_CLAIMED ->
          "It has no secret that proves who it is, but only an app of the owner of %s gets the answer."
              .formatted(destination());
      case CONFIDENTIAL_SECRET, CONFIDENTIAL_KEY -> ClientWording.proof(client.clientClass());
    };
  }

  boolean isUnverified() {
    return !client.clientClass().isConfidential();
  }

  /// Who answers for its name.
  String origin() {
    return ClientWording.origin(client.registration().level());
  }

  /// Whether nobody does.
  boolean isOfAnybody() {
    return client.registration().level() == IdentityLevel.UNVERIFIED;
  }

  /// Who gets the answer.
  String destination() {
    var uri = URI.create(redirectUri);
    if (uri.getHost() == null || !isWeb(uri)) {
      return "the app on this device that opens %s: links".formatted(uri.getScheme());
    }
    return client.applicationType() == ApplicationType.NATIVE && isLoopback(uri.getHost())
        ? "an app on this device (%s)".formatted(uri.getHost())
        : uri.getRawAuthority();
  }

  FormTarget formTarget() {
    return FormTarget.of(redirectUri);
  }

  private static boolean isWeb(URI uri) {
    return uri.getScheme().equals("https") || uri.getScheme().equals("http");
  }

  private static boolean isLoopback(String host) {
    return host.equals("127.0.0.1") || host.equals("[::1]");
  }
}
