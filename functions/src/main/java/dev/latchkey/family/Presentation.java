package dev.latchkey.family;

import dev.latchkey.family.Families.Presented;
import dev.latchkey.family.Families.Successor;
import dev.latchkey.policy.GrantPolicy;

/// One request to refresh, from its arrival on.
///
/// @param token as the client sent it
/// @param presented the same, as the one write names it
/// @param next the token that it leads to; the same one where tokens are not rotated
/// @param successor what the one write makes of the family
/// @param arrival the family as it was when the request arrived
/// @param policy of the presenting client
/// @param now when it arrived, seconds since the epoch
record Presentation(
    RefreshToken token,
    Presented presented,
    RefreshToken next,
    Successor successor,
    Family arrival,
    GrantPolicy policy,
    long now) {

  /// How many generations the token is behind a family; negative when it is ahead.
  int behind(Family family) {
    return family.generation() - presented.generation();
  }
}
