package dev.latchkey.sandbox.access;

/// What came out of checking an access token.
public sealed interface Verdict {
  /// Valid, now and here.
  record Accepted(AccessToken token) implements Verdict {}

  /// Not accepted.
  ///
  /// @param reason one short sentence for the app's developer; says nothing about other tokens or
  ///   people
  record Refused(String reason) implements Verdict {}
}
