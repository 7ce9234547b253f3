package dev.latchkey.client;

/// Where an app runs; the redirect rules and the words on the consent page depend on it.
public enum ApplicationType {
  /// On a phone or computer, for one person (RFC 8252).
  NATIVE,
  /// In a browser page without a server of its own.
  BROWSER,
  /// On the developer's server.
  WEB
}
