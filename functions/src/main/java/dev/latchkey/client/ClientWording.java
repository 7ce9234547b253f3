package dev.latchkey.client;

import dev.latchkey.policy.ClientClass;

/// What kind of app it is, in words for patients.
public final class ClientWording {
  private ClientWording() {}

  /// Where it runs.
  public static String place(ApplicationType type) {
    return switch (type) {
      case NATIVE -> "This app runs on your own phone or computer.";
      case BROWSER -> "This app runs in your web browser.";
      case WEB -> "This app runs on its developer’s server.";
    };
  }

  /// Who answers for the name that it goes by.
  public static String origin(IdentityLevel level) {
    return switch (level) {
      case VERIFIED -> "The people who run this server checked who its developer is.";
      case REGISTERED ->
          "The people who run this server let its developer register it. They did not check the"
              + " app.";
      case UNVERIFIED ->
          "Nobody checked who registered this app. Anybody can register an app under any name.";
    };
  }

  /// Whether it proves that it is the app it says it is (RFC 8252 section 8.6).
  public static String proof(ClientClass clientClass) {
    return switch (clientClass) {
      case PUBLIC_BEARER, PUBLIC_NATIVE, PUBLIC_DPOP -> "It cannot prove to us who made it.";
      case PUBLIC_CLAIMED ->
          "It has no secret that proves who it is, but its answers go only to its maker’s"
              + " addresses.";
      case CONFIDENTIAL_SECRET ->
          "It proves to us with a secret that it is the app that was registered under this name.";
      case CONFIDENTIAL_KEY ->
          "It proves to us with a key of its own that it is the app that was registered under this"
              + " name.";
    };
  }
}
