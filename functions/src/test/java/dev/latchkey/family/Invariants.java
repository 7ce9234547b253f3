package dev.latchkey.family;

import dev.latchkey.family.Action.Party;
import dev.latchkey.family.RealRefresh.Stored;
import dev.latchkey.family.RotationTable.Finding;
import dev.latchkey.family.Setup.Part;
import dev.latchkey.family.State.Claim;
import dev.latchkey.family.State.Request;
import dev.latchkey.policy.ReuseResponse;
import java.time.Duration;
import java.util.Optional;

/// What must hold in every interleaving. It goes by what was stored and by the policy that was
/// promised, and knows nothing of how the code decides.
final class Invariants {
  /// Of public apps. Clocks go on by a second more, whatever the policy.
  static final Duration WINDOW = Duration.ofSeconds(30);

  private final Setup setup;
  private final LiveLeaves leaves;

  Invariants(Setup setup) {
    this.setup = setup;
    leaves = new LiveLeaves(setup);
  }

  Claim claim(State state, Party party, int generation) {
    var family = state.stored().family();
    if (party == Party.STRANGER || party == Party.FORGER || party == Party.KEYLESS) {
      return Claim.FOREIGN;
    }
    if (isOver(state)) {
      return Claim.OVER;
    }
    if (generation == family.generation()) {
      return Claim.LIVE;
    }
    var open = state.clock() - family.rotatedAt() <= setup.promised().retryWindow().toSeconds();
    return generation == family.generation() - 1 && open ? Claim.IN_WINDOW : Claim.SPENT;
  }

  private boolean isOver(State state) {
    var family = state.stored().family();
    return isTakenBack(state)
        || state.clock() >= family.idleExpiresAt()
        || state.clock() >= family.absoluteExpiresAt();
  }

  private boolean isTakenBack(State state) {
    return state.stored().isRevoked() || (state.stored().isCutOff() && !setup.has(Part.OPEN_DOOR));
  }

  Optional<String> onRefusal(State state, Claim claim) {
    return violation(claim.isHonoured(), "a usable token was refused on arrival");
  }

  Optional<String> onAdmission(State state) {
    return violation(
        isOver(state) && !setup.has(Part.OPEN_DOOR), "a request was let in though all is over");
  }

  /// A write that is made, or found made, leads to a token.
  Optional<String> onWrite(State before, Request request, Finding finding) {
    if (finding instanceof Finding.Refusal) {
      return Optional.empty();
    }
    var family = before.stored().family();
    var now = request.presentation().now();
    return violation(before.stored().isRevoked(), "a refresh was written after the revocation")
        .or(() -> violation(now >= family.idleExpiresAt(), "refreshed past the idle limit"))
        .or(() -> violation(now >= family.absoluteExpiresAt(), "refreshed past the absolute end"))
        .or(() -> violation(request.claim() == Claim.FOREIGN, "refreshed by a stranger"));
  }

  Optional<String> onAnswer(State before, Stored after, Request request, Rotation rotation) {
    return rotation instanceof Rotation.Rotated(var token, _)
        ? onToken(before, request, token)
        : onRefusal(before, after, request, rotation);
  }

  private Optional<String> onToken(State before, Request request, RefreshToken token) {
    var known = before.tokens().issued().get(token.generation());
    var noted = request.finding().orElseThrow() instanceof Finding.Retry;
    return violation(
            !request.claim().isHonoured(), "a token was given for one that is " + request.claim())
        .or(
            () ->
                violation(
                    noted && before.stored().isRevoked(), "a token was given after the revocation"))
        .or(
            () ->
                violation(
                    known != null && !known.hash().equals(token.hash()),
                    "two tokens of generation " + token.generation()));
  }

  private Optional<String> onRefusal(
      State before, Stored after, Request request, Rotation rotation) {
    return switch (request.claim()) {
      case LIVE, IN_WINDOW -> onHonouredRefusal(before, request, rotation);
      case SPENT -> onReuse(after);
      case FOREIGN ->
          violation(
              !after.family().equals(before.stored().family()), "a stranger changed the family");
      case OVER -> Optional.empty();
    };
  }

  /// A usable token may be told to come again, when others went on meanwhile.
  private static Optional<String> onHonouredRefusal(
      State before, Request request, Rotation rotation) {
    if (before.stored().isRevoked()) {
      return Optional.empty();
    }
    var arrival = request.onArrival().family();
    return rotation instanceof Rotation.Overtaken
        ? violation(
            before.stored().family().generation() == arrival.generation(),
            "told to come again, though nobody went on")
        : violation(true, "a usable token came to " + rotation);
  }

  private Optional<String> onReuse(Stored after) {
    return violation(
        setup.promised().onReuse() == ReuseResponse.REVOKE && !after.isRevoked(),
        "a used token came back, and the family lives on");
  }

  /// What holds between any two states.
  Optional<String> broken(State before, State after) {
    var family = after.stored().family();
    var wasRevoked = before.stored().isRevoked();
    var mayBeRevoked =
        after.history().takenBack()
            || (!after.history().honest() && setup.promised().onReuse() == ReuseResponse.REVOKE);
    var retried = family.retriedGeneration();
    return violation(wasRevoked && !after.stored().isRevoked(), "a revoked family came back")
        .or(
            () ->
                violation(
                    after.history().takenBack() && !after.stored().isRevoked(), "not revoked"))
        .or(
            () ->
                violation(
                    family.generation() < before.stored().family().generation(),
                    "the family went back a generation"))
        .or(
            () ->
                violation(
                    after.stored().isRevoked() && !mayBeRevoked, "an honest family was revoked"))
        .or(
            () ->
                violation(
                    retried >= 0 && after.history().presented().getOrDefault(retried, 0) < 2,
                    "a retry was counted that nobody made"))
        .or(() -> leaves.broken(after, isOver(after)));
  }

  static Optional<String> violation(boolean broken, String what) {
    return broken ? Optional.of(what) : Optional.empty();
  }
}
