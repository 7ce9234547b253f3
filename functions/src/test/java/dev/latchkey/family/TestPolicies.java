package dev.latchkey.family;

import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.ClientClass;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.policy.ReuseResponse;
import dev.latchkey.policy.TokenRotation;

/// The rows of the policy table that refresh differently.
final class TestPolicies {
  static final GrantPolicy BEARER = of(ClientClass.PUBLIC_BEARER, RefreshOverrides.NONE);
  static final GrantPolicy CONFIDENTIAL =
      of(ClientClass.CONFIDENTIAL_SECRET, RefreshOverrides.NONE);
  static final GrantPolicy STABLE =
      of(
          ClientClass.CONFIDENTIAL_SECRET,
          new RefreshOverrides(TokenRotation.NEVER, ReuseResponse.REVOKE));
  static final GrantPolicy ALARM =
      of(
          ClientClass.CONFIDENTIAL_SECRET,
          new RefreshOverrides(TokenRotation.EVERY_USE, ReuseResponse.ALARM));

  private TestPolicies() {}

  private static GrantPolicy of(ClientClass clientClass, RefreshOverrides overrides) {
    return GrantPolicy.of(clientClass, AccessKind.OFFLINE, overrides);
  }
}
