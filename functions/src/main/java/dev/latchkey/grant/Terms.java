package dev.latchkey.grant;

import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.scope.ScopeSet;

/// What a patient's yes comes to for the app that exchanges the code.
///
/// @param scopes as granted; `online_access` stands for `offline_access` where that is too much
/// @param isShortened whether the app gets less time than the patient allowed, see
///   [GrantPolicy#longest]
record Terms(ScopeSet scopes, AccessKind kind, GrantPolicy policy, boolean isShortened) {
  static Terms of(ScopeSet granted, Requester requester) {
    var client = requester.client();
    var allowed = client.usable(granted);
    var hasKey = requester.key().isPresent();
    var kind = GrantPolicy.longest(client.clientClass(hasKey), allowed.accessKind());
    var isShortened = kind != allowed.accessKind();
    return new Terms(
        isShortened ? allowed.whileOnline() : allowed,
        kind,
        client.policy(kind, hasKey),
        isShortened);
  }
}
