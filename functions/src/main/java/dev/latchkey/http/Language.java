package dev.latchkey.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The languages in which pages can speak to people.
public enum Language {
  ENGLISH("en"),
  SPANISH("es");

  /// More than any browser sends; what comes after is not looked at.
  private static final int MOST = 32;

  private static final Pattern WEIGHT = Pattern.compile("[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)");

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /// For the `lang` attribute of a page.
  public String tag() {
    return tag;
  }

  /// The language for this person: what the app says of its user (`ui_locales`, OpenID Connect Core
  /// section 3.1.2.1: language tags, best first), or else what the browser says (`Accept-Language`,
  /// RFC 9110 section 12.5.4). English when neither names a language of this list. Anything
  /// malformed is passed over: it is no reason to refuse a page.
  public static Language preferred(Optional<String> uiLocales, Optional<String> acceptLanguage) {
    return uiLocales
        .flatMap(Language::first)
        .or(() -> acceptLanguage.flatMap(Language::heaviest))
        .orElse(ENGLISH);
  }

  private static Optional<Language> first(String tags) {
    return Stream.of(tags.split(" ", MOST)).flatMap(tag -> of(tag).stream()).findFirst();
  }

  /// The highest weight wins, and of equal ones the first.
  private static Optional<Language> heaviest(String header) {
    var ranges = Stream.of(header.split(",", MOST)).map(Range::parse).toList();
    var best = new Range("", 0);
    for (var range : ranges) {
      if (range.weight > best.weight && range.language(ranges).isPresent()) {
        best = range;
      }
    }
    return best.language(ranges);
  }

  /// By the primary subtag: `es-419` is Spanish (RFC 4647 section 3.4).
  private static Optional<Language> of(String tag) {
    var dash = tag.indexOf('-');
    var primary = dash < 0 ? tag : tag.substring(0, dash);
    return Arrays.stream(values())
        .filter(language -> language.tag.equalsIgnoreCase(primary.strip()))
        .findFirst();
  }

  private record Range(String tag, double weight) {
    static Range parse(String text) {
      var semicolon = text.indexOf(';');
      if (semicolon < 0) {
        return new Range(text.strip(), 1);
      }
      var weight = WEIGHT.matcher(text.substring(semicolon + 1).strip());
      return new Range(
          text.substring(0, semicolon).strip(),
          weight.matches() ? Double.parseDouble(weight.group(1)) : 0);
    }

    /// `*` stands for any language that the header does not name.
    Optional<Language> language(Collection<Range> ranges) {
      if (!tag.equals("*")) {
        return of(tag);
      }
      var left = EnumSet.allOf(Language.class);
      ranges.forEach(range -> of(range.tag).ifPresent(left::remove));
      return left.stream().findFirst();
    }
  }
}
