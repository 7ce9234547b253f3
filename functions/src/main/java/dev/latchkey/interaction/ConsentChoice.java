package dev.latchkey.interaction;

import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.RecordCategory;
import dev.latchkey.scope.ResourceScope;
import dev.latchkey.scope.ScopeContext;
import dev.latchkey.scope.ScopeWording;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One check box of the consent page.
///
/// @param value the scope string
/// @param label what it is about
/// @param details what may be done, or how long
/// @param amount how many entries it covers today; empty where that is not known
/// @param alters whether the app may alter the record
/// @param sensitive whether to call out that it holds what people tell only few
/// @param ticked whether it is ticked until the patient decides
/// @param parts the choices in its place; empty for none
public record ConsentChoice(
    String value,
    String label,
    String details,
    String amount,
    boolean alters,
    boolean sensitive,
    boolean ticked,
    List<ConsentChoice> parts) {

  public ConsentChoice {
    parts = List.copyOf(parts);
  }

  /// Whether it is about every record that the user can open, and not only about the chosen one.
  boolean isOfEveryRecord() {
    return value.startsWith(ScopeContext.USER.word() + "/");
  }

  /// What is sensitive is shared by ticking it and never by leaving it ticked. A kind with
  /// sensitive parts is therefore offered by its other parts.
  ///
  /// @param counts how many entries a scope covers, as far as known
  static ConsentChoice of(
      ConsentOffer.Kind kind, Map<ResourceScope, Integer> counts, Language language) {
    var isSensitive = isSensitive(kind.whole());
    var hasSensitive = kind.parts().stream().anyMatch(ConsentChoice::isSensitive);
    return of(
        kind.whole(),
        !isSensitive && !hasSensitive,
        kind.parts().stream()
            .map(part -> of(part, hasSensitive && !isSensitive(part), List.of(), counts, language))
            .toList(),
        counts,
        language);
  }

  static ConsentChoice of(NamedScope duration, AccessWording wording) {
    return new ConsentChoice(
        duration.spelled(),
        wording.label(duration),
        wording.duration(duration),
        "",
        false,
        false,
        true,
        List.of());
  }

  private static ConsentChoice of(
      ResourceScope scope,
      boolean ticked,
      List<ConsentChoice> parts,
      Map<ResourceScope, Integer> counts,
      Language language) {
    var wording = new ScopeWording(language);
    return new ConsentChoice(
        scope.spelled(),
        wording.what(scope),
        wording.may(scope.interactions()),
        Optional.ofNullable(counts.get(scope)).map(count -> amount(count, language)).orElse(""),
        ScopeWording.alters(scope.interactions()),
        isSensitive(scope),
        ticked,
        parts);
  }

  private static String amount(int count, Language language) {
    var phrase =
        switch (count) {
          case 0 -> new Phrase("no records yet", "todavía no hay registros");
          case 1 -> new Phrase("1 record", "1 registro");
          default -> new Phrase("%d records", "%d registros");
        };
    return phrase.in(language).formatted(count);
  }

  private static boolean isSensitive(ResourceScope scope) {
    return scope.filter().conditions().stream()
        .flatMap(condition -> condition.anyOf().stream())
        .anyMatch(RecordCategory::isSensitive);
  }
}
