package dev.latchkey.registration;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Whether a name could be taken for one that is protected (threat T60, Unicode UTS 39 section 4).
///
/// Letters that look alike become one letter: those of Cyrillic and Greek, digits among letters,
/// and pairs such as `rn`. Case, accents, spaces and punctuation are left out. The table is small
/// on purpose: what it misses still shows up with a warning, since nobody checked the app.
final class NameLikeness {
  /// A shorter protected name is refused as a whole name only; inside others it is chance.
  private static final int SHORTEST_PART = 5;

  private static final Map<Integer, String> LOOKS_LIKE =
      Map.<String, String>ofEntries(
              // In upper case, where Greek looks otherwise than in lower case.
              Map.entry("ΑА", "a"),
              Map.entry("ΒВ", "b"),
              Map.entry("С", "c"),
              Map.entry("ΕЕ", "e"),
              Map.entry("ΗН", "h"),
              Map.entry("ΙІӀ", "l"),
              Map.entry("Ј", "j"),
              Map.entry("ΚК", "k"),
              Map.entry("ΜМ", "m"),
              Map.entry("Ν", "n"),
              Map.entry("ΟО", "o"),
              Map.entry("ΡР", "p"),
              Map.entry("Ѕ", "s"),
              Map.entry("ΤТ", "t"),
              Map.entry("ΥУ", "y"),
              Map.entry("ΧХ", "x"),
              Map.entry("Ζ", "z"),
              // In lower case.
              Map.entry("αаɑ4@", "a"),
              Map.entry("βв8", "b"),
              Map.entry("сϲ", "c"),
              Map.entry("ԁ", "d"),
              Map.entry("еεє3", "e"),
              Map.entry("ɡ", "g"),
              Map.entry("һн", "h"),
              Map.entry("iіιıӏ1|!l", "l"),
              Map.entry("ј", "j"),
              Map.entry("κк", "k"),
              Map.entry("м", "m"),
              Map.entry("ηпո", "n"),
              Map.entry("οоσ0օ", "o"),
              Map.entry("ρр", "p"),
              Map.entry("ԛ", "q"),
              Map.entry("г", "r"),
              Map.entry("ѕ5$", "s"),
              Map.entry("τт7", "t"),
              Map.entry("υսμ", "u"),
              Map.entry("νѵ", "v"),
              Map.entry("ω", "w"),
              Map.entry("χх", "x"),
              Map.entry("γуү", "y"),
              Map.entry("2", "z"))
          .entrySet()
          .stream()
          .flatMap(
              entry -> entry.getKey().codePoints().boxed().map(c -> Map.entry(c, entry.getValue())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private NameLikeness() {}

  static boolean isLikeOneOf(String name, List<String> protectedNames) {
    var skeleton = skeleton(name);
    return protectedNames.stream()
        .map(NameLikeness::skeleton)
        .filter(other -> !other.isEmpty())
        .anyMatch(
            other ->
                other.length() < SHORTEST_PART ? skeleton.equals(other) : skeleton.contains(other));
  }

  /// The name as somebody sees it who reads in a hurry.
  static String skeleton(String name) {
    var plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .codePoints()
            .mapToObj(NameLikeness::seen)
            .collect(Collectors.joining());
    return plain.replace("rn", "m").replace("vv", "w");
  }

  private static String seen(int codePoint) {
    var alike = LOOKS_LIKE.get(codePoint);
    if (alike != null) {
      return alike;
    }
    if (!Character.isLetterOrDigit(codePoint)) {
      return "";
    }
    var lower = Character.toString(codePoint).toLowerCase(Locale.ROOT);
    return LOOKS_LIKE.getOrDefault(lower.codePointAt(0), lower);
  }
}
