package dev.latchkey.policy;

/// What happens when a used refresh token comes back.
public enum ReuseResponse {
  /// The family ends for everybody who holds it (RFC 9700 section 4.14.2).
  REVOKE,
  /// The request is refused, an operator is told, and the family lives on. Only for clients that
  /// authenticate, whose own servers may share a family without sharing its latest token.
  ALARM
}
