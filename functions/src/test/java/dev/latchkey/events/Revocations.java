package dev.latchkey.events;

import dev.latchkey.family.Family;
import dev.latchkey.wiring.Stores;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What of a [World] is revoked: families, and tokens of services.
record Revocations(Stores stores) {
  private static final List<String> FAMILIES =
      List.of(
          "active",
          "rotated",
          "revoked",
          "expired",
          "web",
          "of-used-code",
          "of-code",
          "bound",
          "of-maria");

  private static final List<String> SERVICE_TOKENS =
      List.of(SignedTokens.SERVICE_TOKEN, SignedTokens.REVOKED_SERVICE_TOKEN);

  /// By their readable names.
  Set<String> names() {
    var revoked = new TreeSet<String>();
    FAMILIES.stream().filter(this::isRevokedFamily).forEach(revoked::add);
    SERVICE_TOKENS.stream().filter(this::isRevokedToken).forEach(revoked::add);
    return revoked;
  }

  private boolean isRevokedFamily(String name) {
    return stores
        .families()
        .find(World.familyId(name))
        .filter(family -> family.state() == Family.State.REVOKED)
        .isPresent();
  }

  private boolean isRevokedToken(String name) {
    var id = SignedTokens.id(name);
    return stores.cutoffs().find(List.of(id)).containsKey(id);
  }
}
