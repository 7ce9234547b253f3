package dev.latchkey.registration;

import java.util.Locale;

/// What an app needs at least, to be registered without an operator.
public enum RegistrationMode {
  /// Operators register apps, and nobody else.
  CLOSED,
  /// An initial access token (RFC 7591 section 3), or a token of an app that registers its key.
  TOKEN,
  /// A software statement of somebody whom operators trust (RFC 7591 section 2.3), or a token.
  STATEMENT,
  /// Nothing. What comes with a token or a statement is trusted with more.
  OPEN;

  /// Reads a setting.
  ///
  /// @throws IllegalStateException naming the values that there are
  public static RegistrationMode of(String setting) {
    try {
      return valueOf(setting.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "LATCHKEY_REGISTRATION is closed, token, statement or open, but not " + setting, e);
    }
  }
}
