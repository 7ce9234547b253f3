package dev.latchkey.family;

/// What presenting a refresh token came to.
public sealed interface Rotation {
  /// A usable token was presented; `token` is the one live token of the family now.
  ///
  /// @param again whether it had been handed out before: a lost answer, or two tabs at once
  record Rotated(RefreshToken token, Family family, boolean again) implements Rotation {}

  /// Revoked, past its times, never existed, or cleaned away.
  record Dead() implements Rotation {}

  /// Held by another client. The family is left as it is.
  record WrongHolder() implements Rotation {}

  /// A token that was used before came back: two parties hold the family. It is revoked.
  record Reused() implements Rotation {}

  /// Six generations in a row were asked for twice: somebody follows the owner. It is revoked.
  record Shadowed() implements Rotation {}

  /// The same successor was asked for too often in a short time.
  record Looping() implements Rotation {}

  /// An authentic token with a secret or generation that this family never had: the token key
  /// leaked, or the table is older than the token. Refused without a revocation, for an operator to
  /// look at.
  record Impossible(String why) implements Rotation {}
}
