package dev.latchkey.client;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where an app runs; the redirect rules and the words on the consent page depend on it.
public enum ApplicationType {
  /// On a phone or computer, for one person (RFC 8252).
  NATIVE,
  /// In a browser page without a server of its own.
  BROWSER,
  /// On the developer's server.
  WEB;

  /// The value of `application_type` (OpenID Connect Dynamic Client Registration section 2;
  /// `browser` is ours).
  public String registeredName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ApplicationType> of(String registeredName) {
    return Arrays.stream(values())
        .filter(type -> type.registeredName().equals(registeredName))
        .findFirst();
  }
}
