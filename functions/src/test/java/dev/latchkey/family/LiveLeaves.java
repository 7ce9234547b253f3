package dev.latchkey.family;

import static dev.latchkey.family.Invariants.violation;

import dev.latchkey.family.RotationTable.Finding;
import dev.latchkey.family.Setup.Part;
import dev.latchkey.secret.SecretHash;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// At most one live leaf: presents every token that was ever issued, each alone and to the same
/// table, and looks at what they lead to.
final class LiveLeaves {
  private final Setup setup;
  private final RealRefresh code;
  private final Set<String> asked = new HashSet<>();

  LiveLeaves(Setup setup) {
    this.setup = setup;
    code = setup.code();
  }

  /// @param isOver whether the family is revoked or past its times
  Optional<String> broken(State state, boolean isOver) {
    if (!asked.add(state.alone().key(Long.MAX_VALUE))) {
      return Optional.empty();
    }
    var live = new HashSet<SecretHash>();
    var ways = new TreeSet<Integer>();
    for (var token : state.tokens().issued().values()) {
      for (var leaf : leaf(state, token).stream().toList()) {
        live.add(leaf.hash());
        ways.add(token.generation());
      }
    }
    var family = state.stored().family();
    var isIssued = state.tokens().issued().containsKey(family.generation());
    return violation(live.size() > 1, live.size() + " live leaves, reached with tokens " + ways)
        .or(() -> violation(isOver && !live.isEmpty(), "a token works though all is over"))
        .or(() -> violation(!isOver && isIssued && live.isEmpty(), "the live token does not work"));
  }

  /// The live token that this one is or leads to.
  private Optional<RefreshToken> leaf(State state, RefreshToken token) {
    code.goTo(state.stored());
    var admitted =
        setup.has(Part.OPEN_DOOR)
            ? Optional.of(state.stored().family())
            : code.admit(setup.owner(), state.clock());
    if (admitted.isEmpty()) {
      return Optional.empty();
    }
    var presentation =
        code.present(token, setup.owner(), admitted.get(), setup.policy(), state.clock());
    var finding = code.attempt(presentation, state.stored());
    var rotation = code.settle(presentation, finding);
    if (!(rotation instanceof Rotation.Rotated(var next, _))) {
      return Optional.empty();
    }
    return Optional.of(finding instanceof Finding.Advanced ? token : next);
  }
}
