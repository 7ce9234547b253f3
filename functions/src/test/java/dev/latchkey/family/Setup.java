package dev.latchkey.family;

import dev.latchkey.aws.InMemoryDynamoDb;
import dev.latchkey.policy.GrantPolicy;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a search is about.
///
/// @param code what is searched
/// @param policy as the code is told
/// @param promised what the invariants hold it to; the same, unless a mutant is told otherwise
/// @param parts who and what takes part, besides the owner
record Setup(RealRefresh code, GrantPolicy policy, GrantPolicy promised, Set<Part> parts) {
  enum Part {
    SECOND_TAB,
    THIEF,
    /// Another app presents a copied token as its own.
    STRANGER,
    /// The token key leaked: authentic tokens that were never issued.
    FORGER,
    /// The family is bound to a key, and somebody copied its tokens but not the key.
    KEYLESS,
    REVOKER,
    CRASHES,
    /// The SDK sends a write again, or the network brings it twice.
    RESENDS,
    CLOCK,
    /// The door is open: nothing of what the refresh grant asks on arrival is asked, so the one
    /// write has to keep everything itself. Cut-offs are asked about only on arrival.
    OPEN_DOOR
  }

  /// Everybody whom the refresh grant lets near a family.
  static Setup guarded(GrantPolicy policy) {
    return new Setup(
        new RealRefresh(new InMemoryDynamoDb()),
        policy,
        policy,
        EnumSet.complementOf(EnumSet.of(Part.STRANGER, Part.FORGER, Part.KEYLESS, Part.OPEN_DOOR)));
  }

  /// Everybody at once, and nobody at the door.
  static Setup open(GrantPolicy policy) {
    return new Setup(
        new RealRefresh(new InMemoryDynamoDb()),
        policy,
        policy,
        EnumSet.complementOf(EnumSet.of(Part.KEYLESS)));
  }

  Setup without(Part... left) {
    var fewer = EnumSet.copyOf(parts);
    fewer.removeAll(List.of(left));
    return new Setup(code, policy, promised, fewer);
  }

  /// The same about a family that is bound to a key.
  Setup bound() {
    var more = EnumSet.copyOf(parts);
    more.add(Part.KEYLESS);
    return new Setup(code, policy, promised, more);
  }

  Holder owner() {
    return has(Part.KEYLESS) ? RealRefresh.OWNER_WITH_KEY : RealRefresh.OWNER;
  }

  boolean has(Part part) {
    return parts.contains(part);
  }

  Setup over(InMemoryDynamoDb table) {
    return with(new RealRefresh(table));
  }

  Setup with(RealRefresh other) {
    return new Setup(other, policy, promised, parts);
  }

  /// The code is told this policy, and still has to keep to the one before.
  Setup told(GrantPolicy other) {
    return new Setup(code, other, promised, parts);
  }
}
