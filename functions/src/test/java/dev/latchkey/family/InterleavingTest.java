package dev.latchkey.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.family.Setup.Part;
import org.junit.jupiter.api.Test;

/// No order of events breaks what is promised about a family. Each search goes through all
/// interleavings of its parts up to a depth, with the real code and the real expressions.
///
/// `./mvnw -pl functions test -Dtest=InterleavingTest -Dinterleavings.depth=9` takes the first
/// search a step further, to three times as many states.
class InterleavingTest {
  private static final int DEPTH = Integer.getInteger("interleavings.depth", 8);

  @Test
  void everythingThatCanHappenToAPublicApp() {
    var result = assertSound("public app", Setup.guarded(TestPolicies.BEARER), DEPTH);

    assertThat(result.notes())
        .as("it came to everything that a refresh can come to, but for what takes a leaked key")
        .contains(
            "token 1",
            "token 2",
            "Reused",
            "Dead",
            "Overtaken",
            "advanced to 2",
            "it was made before",
            "refused, may ask again",
            "refused, Reused",
            "refused, Dead",
            "refused, Overtaken",
            "LIVE",
            "IN_WINDOW",
            "SPENT",
            "OVER, refused on arrival");
  }

  /// A used token is one that is two generations behind, which takes nine steps to present.
  @Test
  void aConfidentialAppAndAThief() {
    var setup = Setup.guarded(TestPolicies.CONFIDENTIAL).without(Part.CLOCK);

    var result = assertSound("confidential app", setup, 10);

    assertThat(result.notes()).contains("Reused", "Dead", "Overtaken", "token 3");
  }

  @Test
  void anAlarmInsteadOfARevocation() {
    var setup = Setup.guarded(TestPolicies.ALARM).without(Part.CLOCK, Part.REVOKER);

    var result = assertSound("alarm", setup, 12);

    assertThat(result.notes())
        .contains("Reused", "Overtaken", "token 3")
        .doesNotContain("Dead", "refused, Dead");
  }

  @Test
  void everythingThatCanHappenToATokenThatStays() {
    assertSound("token that stays", Setup.guarded(TestPolicies.STABLE), 7);
  }

  /// The honest app alone, further.
  @Test
  void twoTabsOnALossyNetwork() {
    var tabs = Setup.guarded(TestPolicies.BEARER).without(Part.THIEF, Part.REVOKER);
    assertSound("two tabs", tabs, 10);
  }

  /// Nothing is asked on arrival, another app and a leaked token key take part: the one write keeps
  /// it all.
  @Test
  void theOneWriteAlone() {
    assertSound("the one write alone", Setup.open(TestPolicies.BEARER), 6);
  }

  /// Somebody who copied the tokens but not the key takes part.
  @Test
  void everythingThatCanHappenToAFamilyThatIsBoundToAKey() {
    var result = assertSound("bound to a key", Setup.guarded(TestPolicies.BEARER).bound(), 6);
    assertThat(result.notes()).contains("FOREIGN, refused on arrival");

    var open =
        assertSound("bound, the one write alone", Setup.open(TestPolicies.BEARER).bound(), 4);
    assertThat(open.notes()).contains("refused, WrongKey");
  }

  private static Search.Result assertSound(String name, Setup setup, int depth) {
    var result = Search.of(setup, depth);
    System.out.println("Interleavings, " + name + ": " + result);
    assertThat(result.trace()).isEmpty();
    return result;
  }
}
