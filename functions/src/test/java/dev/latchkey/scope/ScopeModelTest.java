package dev.latchkey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scopes against [ScopeModel], which knows nothing of how they are compared: covering has to be
/// the inclusion of what is allowed. This is also what refresh and registration narrow by. The seed
/// is in the name of the test and in each failure. Requirements SCO-2, SCO-6, SCO-7, SCO-9.
class ScopeModelTest {
  private static final int ROUNDS = 400;
  private static final int PAIRS = 180;

  /// Two sets of scopes from one pool.
  private record Pair(long seed, List<ScopeModel.Written> mine, List<ScopeModel.Written> wanted) {
    ScopeSet have() {
      return set(mine);
    }

    ScopeSet want() {
      return set(wanted);
    }

    void same(String what, Object answer, Object expected) {
      if (!answer.equals(expected)) {
        throw new AssertionError(
            "seed %d: %s is %s and should be %s%n  have %s%n  want %s"
                .formatted(seed, what, answer, expected, have().spelled(), want().spelled()));
      }
    }

    private static ScopeSet set(List<ScopeModel.Written> written) {
      return new ScopeSet(written.stream().map(ScopeModel.Written::scope).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void coveringIsInclusionOfWhatIsAllowed(long seed) {
    var random = new Random(seed);
    int covered = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var model = new ScopeModel(random);
      var pool = Stream.generate(model::scope).limit(14).toList();
      for (int one = 0; one < PAIRS; one++) {
        var pair = new Pair(seed, some(pool, 4, random), some(pool, 2, random));
        covered += check(pair, random) ? 1 : 0;
      }
    }
    // Neither always nor never, or nothing would have been tried.
    assertThat(covered).isBetween(ROUNDS * PAIRS / 20, ROUNDS * PAIRS * 19 / 20);
  }

  private static boolean check(Pair pair, Random random) {
    var have = pair.have();
    var allowed = ScopeModel.union(pair.mine());
    var wanted = ScopeModel.union(pair.wanted());
    var isCovered = ScopeModel.includes(allowed, wanted);

    pair.same("coversAll", have.coversAll(pair.want()), isCovered);
    pair.same("meansTheSameAs", have.meansTheSameAs(pair.want()), allowed.equals(wanted));
    checkPermission(pair, allowed, random);
    for (var one : pair.wanted()) {
      var scope = one.scope();
      pair.same("covers", have.covers(scope), ScopeModel.includes(allowed, one.allows()));
      checkPart(pair, one, allowed);
      for (var other : pair.mine()) {
        pair.same(
            "the meaning",
            meaning(scope).equals(meaning(other.scope())),
            one.allows().equals(other.allows()));
      }
    }
    return isCovered;
  }

  private static void checkPermission(Pair pair, BitSet allowed, Random random) {
    var context = ScopeModel.any(ScopeModel.CONTEXTS, random);
    var interaction = ScopeModel.any(ScopeModel.LETTERS, random);
    var type = ScopeModel.any(ScopeModel.TYPES, random);
    var permission = pair.have().permission(context, type.fhirName(), interaction);
    for (int at = 0; at < type.resources().size(); at++) {
      var filedUnder = type.resources().get(at);
      var answer =
          switch (permission) {
            case Permission.Full() -> true;
            case Permission.Filtered(var filter) -> filter.accepts(filedUnder);
            case Permission.None() -> false;
          };
      if (answer != allowed.get(ScopeModel.atom(context, interaction, type, at))) {
        pair.same(permission + " for " + type + filedUnder, answer, !answer);
      }
    }
  }

  private static void checkPart(Pair pair, ScopeModel.Written one, BitSet allowed) {
    var part = pair.have().coveredPart(one.scope());
    pair.same(
        "the covered part",
        part.map(ScopeModelTest::letters),
        ScopeModel.coveredLetters(one, allowed));
    if (part.isPresent() && part.get() instanceof ResourceScope kept && !kept.equals(one.scope())) {
      pair.same("its spelling", Scope.parse(kept.spelled()), part);
      pair.same("its filter", kept.filter(), ((ResourceScope) one.scope()).filter());
    }
  }

  private static Set<Interaction> letters(Scope scope) {
    return scope instanceof ResourceScope resource ? resource.interactions() : Set.of();
  }

  private static Object meaning(Scope scope) {
    return scope instanceof ResourceScope resource ? resource.meaning() : scope;
  }

  private static List<ScopeModel.Written> some(
      List<ScopeModel.Written> pool, int most, Random random) {
    var some = new ArrayList<ScopeModel.Written>();
    for (int left = 1 + random.nextInt(most); left > 0; left--) {
      some.add(ScopeModel.any(pool, random));
    }
    return some;
  }
}
