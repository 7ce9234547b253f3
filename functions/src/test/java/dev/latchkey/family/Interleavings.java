package dev.latchkey.family;

import dev.latchkey.family.Action.Answer;
import dev.latchkey.family.Action.Arrive;
import dev.latchkey.family.Action.Copy;
import dev.latchkey.family.Action.Crash;
import dev.latchkey.family.Action.CutOff;
import dev.latchkey.family.Action.Party;
import dev.latchkey.family.Action.Pass;
import dev.latchkey.family.Action.Revoke;
import dev.latchkey.family.Action.Write;
import dev.latchkey.family.Setup.Part;
import dev.latchkey.family.State.Claim;
import dev.latchkey.family.State.History;
import dev.latchkey.family.State.Request;
import dev.latchkey.family.State.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// What can happen to one family: the actions that are possible in a state, and what each leads to
/// when the real code does it.
///
/// Left out: clocks that are behind the time of the grant, token keys that are retired, and streaks
/// of retries, which take more steps than can be searched.
final class Interleavings {
  private final Setup setup;
  private final RealRefresh code;
  private final Invariants invariants;

  Interleavings(Setup setup) {
    this.setup = setup;
    code = setup.code();
    invariants = new Invariants(setup);
  }

  /// Where an action led.
  ///
  /// @param note what came of it, for a reader
  /// @param violation of an invariant
  record Step(State next, String note, Optional<String> violation) {}

  State first() {
    var token = code.start(setup.owner(), setup.policy()).token();
    return new State(
        code.look(),
        RealRefresh.START,
        new Tokens(Map.of(0, token), Set.of(0), 0),
        Map.of(),
        new History(true, false, Map.of()));
  }

  List<Action> actions(State state) {
    var actions = new ArrayList<Action>();
    for (var party : Party.values()) {
      if (takesPart(party)) {
        addActions(actions, state, party);
      }
    }
    if (setup.has(Part.REVOKER) && !state.history().takenBack()) {
      actions.add(new Revoke());
    }
    if (setup.has(Part.REVOKER) && !setup.has(Part.OPEN_DOOR) && !state.stored().isCutOff()) {
      actions.add(new CutOff());
    }
    if (setup.has(Part.CLOCK)) {
      actions.add(new Pass(-1));
      actions.add(new Pass(Invariants.WINDOW.toSeconds() + 1));
      // No request is under way for a month.
      if (state.requests().isEmpty()) {
        actions.add(new Pass(setup.promised().idle().toSeconds() + 1));
      }
    }
    return actions;
  }

  private boolean takesPart(Party party) {
    return switch (party) {
      case OWNER -> true;
      case SECOND_TAB -> setup.has(Part.SECOND_TAB);
      case THIEF -> setup.has(Part.THIEF);
      case STRANGER -> setup.has(Part.STRANGER);
      case FORGER -> setup.has(Part.FORGER);
      case KEYLESS -> setup.has(Part.KEYLESS);
    };
  }

  private void addActions(List<Action> actions, State state, Party party) {
    var request = state.requests().get(party);
    if (request == null) {
      generations(state, party).forEach(g -> actions.add(new Arrive(party, g)));
      return;
    }
    if (request.finding().isEmpty() || setup.has(Part.RESENDS)) {
      actions.add(new Write(party));
    }
    if (request.finding().isPresent()) {
      if (setup.has(Part.RESENDS)) {
        actions.add(new Copy(party));
      }
      actions.add(new Answer(party, true));
      if (party.isOwner()) {
        actions.add(new Answer(party, false));
      }
      if (setup.has(Part.CRASHES)) {
        actions.add(new Crash(party));
      }
    }
  }

  /// The tokens that a party may present. A tab's request may have been on its way while the other
  /// got a newer token.
  private static IntStream generations(State state, Party party) {
    var tokens = state.tokens();
    var received = tokens.received().stream().mapToInt(g -> g);
    return switch (party) {
      case OWNER, SECOND_TAB -> received.filter(g -> g >= tokens.held() - 1 && g <= tokens.held());
      case THIEF -> received;
      case STRANGER, KEYLESS -> received.max().stream();
      case FORGER -> IntStream.of(state.stored().family().generation());
    };
  }

  Step apply(State state, Action action) {
    code.goTo(state.stored());
    var step =
        switch (action) {
          case Arrive(var party, var generation) -> arrive(state, party, generation);
          case Write(var party) -> write(state, request(state, party));
          case Copy(var party) -> copy(state, request(state, party));
          case Answer(var party, var delivered) -> answer(state, request(state, party), delivered);
          case Crash(var party) -> step(state.without(party), "");
          case Revoke _ -> revoke(state);
          case CutOff _ -> cutOff(state);
          case Pass(var seconds) -> step(state.at(state.clock() + seconds), "");
        };
    return step.violation().isPresent()
        ? step
        : new Step(step.next(), step.note(), invariants.broken(state, step.next()));
  }

  private Step arrive(State state, Party party, int generation) {
    var token =
        party == Party.FORGER
            ? RealRefresh.forged(generation)
            : Optional.ofNullable(state.tokens().issued().get(generation)).orElseThrow();
    var holder = holder(party);
    var claim = invariants.claim(state, party, generation);
    var isHonest = party.isOwner() && claim != Claim.SPENT;
    var next =
        claim == Claim.FOREIGN
            ? state
            : state.with(state.history().presented(generation, isHonest));
    var admitted =
        setup.has(Part.OPEN_DOOR)
            ? Optional.of(state.stored().family())
            : code.admit(holder, state.clock());
    if (admitted.isEmpty()) {
      return new Step(next, claim + ", refused on arrival", invariants.onRefusal(state, claim));
    }
    var presentation = code.present(token, holder, admitted.get(), setup.policy(), state.clock());
    var request = new Request(party, presentation, claim, state.stored(), Optional.empty());
    return new Step(next.with(request), claim.toString(), invariants.onAdmission(state));
  }

  private Holder holder(Party party) {
    return switch (party) {
      case OWNER, SECOND_TAB, THIEF, FORGER -> setup.owner();
      case STRANGER -> RealRefresh.ANOTHER_APP;
      case KEYLESS -> RealRefresh.WITHOUT_THE_KEY;
    };
  }

  private Step write(State state, Request request) {
    var finding = code.attempt(request.presentation(), request.onArrival());
    var next = state.with(code.look(state.stored())).with(request.found(finding));
    return new Step(next, told(finding), invariants.onWrite(state, request, finding));
  }

  private Step copy(State state, Request request) {
    var finding = code.attempt(request.presentation(), request.onArrival());
    return new Step(
        state.with(code.look(state.stored())),
        told(finding),
        invariants.onWrite(state, request, finding));
  }

  private Step answer(State state, Request request, boolean delivered) {
    var rotation = code.settle(request.presentation(), request.finding().orElseThrow());
    var next = state.with(code.look(state.stored())).without(request.party());
    var violation = invariants.onAnswer(state, next.stored(), request, rotation);
    if (rotation instanceof Rotation.Rotated(var token, _)) {
      next = next.with(next.tokens().with(token, delivered, request.party().isOwner()));
    }
    return new Step(next, told(rotation), violation);
  }

  private Step revoke(State state) {
    code.revoke(state.clock());
    return step(state.with(code.look(state.stored())).with(state.history().revoked()), "");
  }

  private Step cutOff(State state) {
    code.cutOff(state.clock());
    return step(state.with(code.look(state.stored())), "");
  }

  private static Step step(State next, String note) {
    return new Step(next, note, Optional.empty());
  }

  private static Request request(State state, Party party) {
    return Optional.ofNullable(state.requests().get(party)).orElseThrow();
  }

  private static String told(RotationTable.Finding finding) {
    return switch (finding) {
      case RotationTable.Finding.Advanced(var family) -> "advanced to " + family.generation();
      case RotationTable.Finding.Landed _ -> "it was made before";
      case RotationTable.Finding.Retry _ -> "refused, may ask again";
      case RotationTable.Finding.Refusal(var rotation) -> "refused, " + told(rotation);
    };
  }

  private static String told(Rotation rotation) {
    return rotation instanceof Rotation.Rotated(var token, _)
        ? "token " + token.generation()
        : rotation.getClass().getSimpleName();
  }
}
