package dev.latchkey.family;

/// What presenting a refresh token came to.
public sealed interface Rotation {
  /// A usable token was presented; `token` is the one live token of the family now.
  record Rotated(RefreshToken token, Family family) implements Rotation {}

  /// Revoked, past its times, never existed, or cleaned away.
  record Dead() implements Rotation {}

  /// Held by another client. The family is left as it is.
  record WrongHolder() implements Rotation {}

  /// Bound to another key than the caller holds, or to one while the caller holds none, or the
  /// other way round. The family is left as it is.
  record WrongKey() implements Rotation {}

  /// A token that was used before came back: two parties hold the family.
  record Reused() implements Rotation {}

  /// Six generations in a row were asked for twice: somebody follows the owner.
  record Shadowed() implements Rotation {}

  /// The same successor was asked for too often in a short time.
  record Looping() implements Rotation {}

  /// The token was usable when the request arrived, and others went on while it was served. Nothing
  /// is wrong with the family: asking again, with the newest token, works.
  record Overtaken() implements Rotation {}

  /// An authentic token of a generation that the table has not reached: the table was restored from
  /// an older copy. Refused without a revocation, for an operator to look at.
  record GenerationAhead() implements Rotation {}

  /// An authentic token with a secret that this family never had: the token key leaked, or the data
  /// is corrupt. Refused without a revocation, for an operator to look at.
  record UnknownSecret() implements Rotation {}
}
