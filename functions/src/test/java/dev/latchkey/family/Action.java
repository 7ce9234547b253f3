package dev.latchkey.family;

/// One atomic act. Between any two of them, every other one can happen.
sealed interface Action {
  /// Whoever sends refresh requests, one at a time.
  enum Party {
    OWNER("the owner"),
    SECOND_TAB("the second tab"),
    THIEF("the thief"),
    STRANGER("another app"),
    FORGER("the forger"),
    KEYLESS("the thief without the key");

    private final String label;

    Party(String label) {
      this.label = label;
    }

    /// Whether this is an honest holder of the family. The two tabs do the same things.
    boolean isOwner() {
      return this == OWNER || this == SECOND_TAB;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /// A request with the token of a generation arrives, and reads the family as it stands.
  record Arrive(Party party, int generation) implements Action {
    @Override
    public String toString() {
      return "%s presents token %d".formatted(party, generation);
    }
  }

  /// The request's one write. A second time: the SDK sends it again, since no answer came.
  record Write(Party party) implements Action {
    @Override
    public String toString() {
      return "the write of %s".formatted(party);
    }
  }

  /// The one write once more, by a copy that was late on the network and that nobody waits for.
  record Copy(Party party) implements Action {
    @Override
    public String toString() {
      return "a late copy of the write of %s".formatted(party);
    }
  }

  /// The request's second act, if any, and its answer, which may get lost on its way.
  record Answer(Party party, boolean delivered) implements Action {
    @Override
    public String toString() {
      return "the answer for %s%s".formatted(party, delivered ? "" : ", which gets lost");
    }
  }

  /// The function dies after the one write.
  record Crash(Party party) implements Action {
    @Override
    public String toString() {
      return "the function that serves %s crashes".formatted(party);
    }
  }

  /// The patient takes back this grant: the family is revoked.
  record Revoke() implements Action {
    @Override
    public String toString() {
      return "the patient revokes the family";
    }
  }

  /// The patient takes back everything of the app: a cut-off.
  record CutOff() implements Action {
    @Override
    public String toString() {
      return "the patient cuts off the app";
    }
  }

  /// Time passes, or a clock is set back.
  record Pass(long seconds) implements Action {
    @Override
    public String toString() {
      return "the clock goes %s by %d s".formatted(seconds < 0 ? "back" : "on", Math.abs(seconds));
    }
  }
}
