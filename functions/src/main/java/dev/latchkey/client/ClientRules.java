package dev.latchkey.client;

import dev.latchkey.policy.RefreshOverrides;

/// What one client is held to, or trusted with, beyond its class.
///
/// @param overrides where its refresh tokens differ from those of its class
/// @param introspectsAll whether it is a resource server, which may ask about tokens of every app
/// @param dpopBound whether it gets tokens only with a DPoP proof (RFC 9449 section 5.2,
///   `dpop_bound_access_tokens`)
/// @param pushedRequestsOnly whether its authorization requests have to be pushed (RFC 9126 section
///   6, `require_pushed_authorization_requests`)
public record ClientRules(
    RefreshOverrides overrides,
    boolean introspectsAll,
    boolean dpopBound,
    boolean pushedRequestsOnly) {

  /// A client that differs in nothing.
  public static final ClientRules NONE =
      new ClientRules(RefreshOverrides.NONE, false, false, false);

  public ClientRules with(RefreshOverrides changed) {
    return new ClientRules(changed, introspectsAll, dpopBound, pushedRequestsOnly);
  }

  /// For bound tokens only.
  public ClientRules withDpopBound() {
    return new ClientRules(overrides, introspectsAll, true, pushedRequestsOnly);
  }

  /// As a resource server.
  public ClientRules introspectingAll() {
    return new ClientRules(overrides, true, dpopBound, pushedRequestsOnly);
  }
}
