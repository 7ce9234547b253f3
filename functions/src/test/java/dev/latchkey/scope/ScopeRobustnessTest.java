package dev.latchkey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.ProcessorTime;
import dev.latchkey.http.Language;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is sent as a scope: nothing crashes, nothing is read as more than it says, and nothing
/// takes more than linear time. Requirements SCO-1, SCO-5. Jazzer looks for the same further away
/// (`src/fuzz`).
class ScopeRobustnessTest {
  private static final String LAB =
      "http://terminology.hl7.org/CodeSystem/observation-category|laboratory";

  /// The grammar once more, as one expression.
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(patient|user|system)/"
              + "(([A-Z][A-Za-z]+|\\*)\\.((?=[a-z])c?r?u?d?s?|read|write|\\*)"
              + "|(Observation|Condition|DocumentReference)\\.(?=[a-z])c?r?u?d?s?"
              + "\\?category=%T(,%T)*(&category=%T(,%T)*)*)".replace("%T", tokens()));

  private static final List<String> VALID =
      List.of(
          "patient/Observation.rs",
          "user/*.read",
          "system/Condition.cruds",
          "patient/*.*",
          "patient/Observation.rs?category=" + LAB,
          "patient/Observation.r?category=" + LAB + "," + LAB + "&category=" + LAB,
          "user/Condition.s?category=http://hl7.org/fhir/us/core/CodeSystem/condition-category%7Chealth-concern",
          "openid",
          "launch/patient");

  private static final List<String> PIECES =
      List.of(
          "?",
          "&",
          "=",
          ",",
          "|",
          "%7C",
          "%",
          "%2",
          "%C3%28",
          "\\",
          ":in",
          ":not",
          "category",
          "_filter",
          "_has:",
          ".",
          "*",
          "/",
          "read",
          "write",
          "c",
          "r",
          "u",
          "d",
          "s",
          "patient/",
          "user",
          "Observation",
          "Unicorn",
          "laboratory",
          LAB,
          " ",
          "+",
          "#",
          "\n",
          "\0",
          "é",
          "\uD800",
          "\uDC00",
          "😀",
          "K",
          "İ");

  private static String tokens() {
    return Stream.of(RecordCategory.values())
        .map(RecordCategory::token)
        .map(Pattern::quote)
        .collect(Collectors.joining("|", "(", ")"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void brokenScopesAreScopesOnlyIfTheGrammarSaysSo(long seed) {
    var random = new Random(seed);
    int understood = 0;
    for (int round = 0; round < 50_000; round++) {
      understood += check(broken(random), seed) ? 1 : 0;
    }
    assertThat(understood).isGreaterThan(500);
  }

  private static boolean check(String text, long seed) {
    var parsed = Scope.parse(text);
    if (parsed.isEmpty()) {
      assertThat(ScopeSet.unknown(text)).hasSameSizeAs(words(text));
      return false;
    }
    var scope = parsed.get();
    var what = "seed " + seed + ": " + text;
    assertThat(scope.spelled()).as(what).isEqualTo(text);
    assertThat(ScopeSet.parse(text).scopes()).as(what).containsExactly(scope);
    assertThat(ScopeSet.misspelled(text)).as(what).isEmpty();
    assertThat(new ScopeSet(List.of(scope)).covers(scope)).as(what).isTrue();
    for (var language : Language.values()) {
      assertThat(new ScopeWording(language).sentence(scope)).as(what).doesNotContain("null", "%s");
    }
    if (scope instanceof ResourceScope) {
      var decoded = text.replace("%7C", "|").replace("%2C", ",");
      assertThat(GRAMMAR.matcher(decoded).matches()).as(what).isTrue();
    }
    return true;
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(" "))
        .filter(word -> !word.isEmpty())
        .filter(word -> Scope.parse(word).isEmpty())
        .toList();
  }

  private static String broken(Random random) {
    var text = new StringBuilder(VALID.get(random.nextInt(VALID.size())));
    for (int change = random.nextInt(4); change >= 0; change--) {
      var at = random.nextInt(text.length() + 1);
      var end = Math.min(text.length(), at + random.nextInt(4));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        default -> text.append(text.substring(at));
      }
    }
    return text.toString();
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        shape("one long word", size -> "a".repeat(size)),
        shape("a long type", size -> "patient/" + "A".repeat(size) + ".rs"),
        shape("many letters", size -> "patient/Observation." + "s".repeat(size)),
        shape("many dots", size -> "patient/Observation" + ".rs".repeat(size / 3)),
        shape("many slashes", size -> "patient/".repeat(size / 8)),
        shape("many question marks", size -> "patient/Observation.rs" + "?".repeat(size)),
        shape("many ampersands", size -> filtered("&".repeat(size))),
        shape("many values", size -> filtered("category=" + (LAB + ",").repeat(size / 70) + LAB)),
        shape(
            "many parameters", size -> filtered(("category=" + LAB + "&").repeat(size / 79) + "x")),
        shape("many different values", size -> filtered(different(size))),
        shape("many commas", size -> filtered("category=" + ",".repeat(size))),
        shape("many pipes", size -> filtered("category=" + "|".repeat(size))),
        shape("many backslashes", size -> filtered("category=" + "\\".repeat(size))),
        shape("many percents", size -> filtered("category=" + "%".repeat(size))),
        shape("all encoded", size -> filtered("category=" + "%7C".repeat(size / 3))),
        shape("all encoded with a letter", size -> filtered("category=" + "%7Ca".repeat(size / 4))),
        shape("many spaces", size -> " ".repeat(size)),
        shape("many words", size -> "a ".repeat(size / 2)),
        shape("many scopes", size -> "patient/Observation.rs ".repeat(size / 23)),
        shape("many spellings", ScopeRobustnessTest::spellings));
  }

  private static Arguments shape(String name, IntFunction<String> ofSize) {
    return Arguments.of(name, ofSize);
  }

  private static String filtered(String query) {
    return "patient/Observation.rs?" + query;
  }

  private static String different(int size) {
    var categories = RecordCategory.of(RecordType.OBSERVATION);
    return IntStream.range(0, size / 160)
        .mapToObj(at -> categories.get(at % 6).token() + "," + categories.get(at / 6 % 6).token())
        .collect(Collectors.joining("&category=", "category=", ""));
  }

  /// One scope in many spellings, so that each has to be kept.
  private static String spellings(int size) {
    var last = LAB.length() - 16;
    return IntStream.range(0, size / 130)
        .mapToObj(bits -> filtered("category=" + LAB.substring(0, last) + encoded(last, bits)))
        .collect(Collectors.joining(" "));
  }

  private static String encoded(int from, int bits) {
    return IntStream.range(from, LAB.length())
        .mapToObj(
            at ->
                ((bits >> (at - from)) & 1) == 0
                    ? LAB.substring(at, at + 1)
                    : "%%%02x".formatted((int) LAB.charAt(at)))
        .collect(Collectors.joining());
  }

  /// From 64 kB to 1 MB by doubling: 16 times the text may take up to 64 times as long, where
  /// quadratic time would take 256 times. The best of several runs counts, and what takes less than
  /// a fifth of a millisecond is no measurement.
  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void timeIsLinear(String name, IntFunction<String> ofSize) {
    var smallest = best(ofSize.apply(1 << 16));
    var doubled = best(ofSize.apply(1 << 17));
    assertThat(doubled).as(name + ", 128 kB").isLessThan(smallest * 16);
    for (int power = 18; power <= 20; power++) {
      var time = best(ofSize.apply(1 << power));
      assertThat(time)
          .as("%s, %d kB: %.0f µs; 64 kB: %.0f µs", name, 1 << (power - 10), time, smallest)
          .isLessThan(smallest * 4 * (1 << (power - 16)));
    }
  }

  private static double best(String text) {
    double best = Double.MAX_VALUE;
    for (int run = 0; run < 3; run++) {
      var nanos =
          ProcessorTime.of(
              () -> {
                var _ = ScopeSet.parse(text);
              });
      best = Math.min(best, nanos / 1000.0);
    }
    return Math.max(best, 200);
  }
}
