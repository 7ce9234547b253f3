package dev.latchkey.family;

import dev.latchkey.family.Action.Party;
import dev.latchkey.family.RealRefresh.Stored;
import dev.latchkey.family.RotationTable.Finding;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Everything that can matter for what happens next.
///
/// @param clock seconds since the epoch
/// @param requests under way, at most one of each party
record State(
    Stored stored, long clock, Tokens tokens, Map<Party, Request> requests, History history) {

  /// The tokens that left the server.
  ///
  /// @param issued by generation
  /// @param received generations whose token somebody got; the others were lost on their way
  /// @param held generation of the newest token in the owner's storage, which its tabs share
  record Tokens(Map<Integer, RefreshToken> issued, Set<Integer> received, int held) {
    private String key() {
      var secrets = new StringBuilder();
      issued.values().forEach(token -> secrets.append(Arrays.hashCode(token.secret())));
      return secrets.append(received).append(held).toString();
    }

    Tokens with(RefreshToken token, boolean delivered, boolean toOwner) {
      var nowIssued = new TreeMap<>(issued);
      nowIssued.put(token.generation(), token);
      var nowReceived = new TreeSet<>(received);
      if (delivered) {
        nowReceived.add(token.generation());
      }
      return new Tokens(
          nowIssued, nowReceived, delivered && toOwner ? Math.max(held, token.generation()) : held);
    }
  }

  /// What the invariants remember.
  ///
  /// @param honest nobody but the owner has used a token, and each of those could still be used
  ///   when it arrived
  /// @param takenBack the patient has revoked the family
  /// @param presented how often the token of a generation was presented, 2 for more
  record History(boolean honest, boolean takenBack, Map<Integer, Integer> presented) {
    History presented(int generation, boolean isHonest) {
      var counts = new TreeMap<>(presented);
      counts.merge(generation, 1, (before, one) -> Math.min(before + one, 2));
      return new History(honest && isHonest, takenBack, counts);
    }

    History revoked() {
      return new History(honest, true, presented);
    }
  }

  /// What a party may expect of the token that it presents.
  enum Claim {
    /// It is the live one.
    LIVE,
    /// The one before, inside its window.
    IN_WINDOW,
    /// It was used before.
    SPENT,
    /// The family is over.
    OVER,
    /// Held by another client or without its key, or never issued.
    FOREIGN;

    boolean isHonoured() {
      return this == LIVE || this == IN_WINDOW;
    }
  }

  /// A request under way.
  ///
  /// @param onArrival what was stored when it arrived
  /// @param finding of its one write, once that was made
  record Request(
      Party party,
      Presentation presentation,
      Claim claim,
      Stored onArrival,
      Optional<Finding> finding) {
    Request found(Finding what) {
      return new Request(party, presentation, claim, onArrival, Optional.of(what));
    }

    /// The tabs share one storage and do the same things, so it does not matter which is which.
    private String key(Family family, long clock) {
      var arrival = presentation.arrival();
      var mine = presentation.successor().requestId().equals(family.requestId());
      return (party.isOwner() ? "tab" : party.name())
          + (presentation.now() - clock)
          + (mine ? "wrote" : "read")
          + presentation.token().generation()
          + claim
          + arrival.generation()
          + (arrival.rotatedAt() - clock)
          + finding.map(Request::key).orElse("");
    }

    private static String key(Finding finding) {
      return switch (finding) {
        case Finding.Advanced _ -> "advanced";
        case Finding.Landed(var family) -> "landed" + family.generation();
        case Finding.Retry(var family, var streak, var retries) ->
            "retry" + family.generation() + "," + streak + "," + retries;
        case Finding.Refusal(var rotation) -> rotation.toString();
      };
    }
  }

  /// Equal for two states from which the same can happen: times count from now on, and a request id
  /// matters only to the request that has it.
  ///
  /// @param horizon seconds; times further ahead will not come
  String key(long horizon) {
    var family = stored.family();
    return String.join(
        "|",
        family.state() + "" + family.generation(),
        family.currentHash().value(),
        String.valueOf(family.previousHash()),
        family.keyId() + "," + (family.rotatedAt() - clock),
        left(family.idleExpiresAt(), horizon) + "," + left(family.absoluteExpiresAt(), horizon),
        family.retriedGeneration() + "," + family.retryStreak() + "," + family.retries(),
        String.valueOf(stored.isCutOff()),
        tokens.key(),
        requests.values().stream().map(r -> r.key(family, clock)).sorted().toList().toString(),
        history.honest() + "," + history.takenBack() + history.presented());
  }

  /// Without what is under way or past.
  State alone() {
    return new State(stored, clock, tokens, Map.of(), new History(true, false, Map.of()));
  }

  private long left(long time, long horizon) {
    return Math.min(time - clock, horizon);
  }

  State with(Stored now) {
    return new State(now, clock, tokens, requests, history);
  }

  State with(History now) {
    return new State(stored, clock, tokens, requests, now);
  }

  State with(Tokens now) {
    return new State(stored, clock, now, requests, history);
  }

  State at(long now) {
    return new State(stored, now, tokens, requests, history);
  }

  State with(Request request) {
    var now = new EnumMap<Party, Request>(Party.class);
    now.putAll(requests);
    now.put(request.party(), request);
    return new State(stored, clock, tokens, now, history);
  }

  State without(Party party) {
    var now = new EnumMap<Party, Request>(Party.class);
    now.putAll(requests);
    now.remove(party);
    return new State(stored, clock, tokens, now, history);
  }
}
