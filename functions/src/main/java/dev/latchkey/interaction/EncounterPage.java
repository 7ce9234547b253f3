package dev.latchkey.interaction;

import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.Language;
import dev.latchkey.http.PlainText;
import dev.latchkey.interaction.RecentEncounters.Entry;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `encounter.jte` shows.
///
/// @param patient whose visits
/// @param problem what was wrong with the attempt before; empty for none
public record EncounterPage(
    Language language,
    String txn,
    String csrf,
    String appName,
    String signedInName,
    String patient,
    List<Choice> encounters,
    String problem) {

  /// Value of the last radio button. No FHIR id has an underscore.
  public static final String NONE = "_none";

  private static final Pattern TIME = Pattern.compile("T(\\d\\d:\\d\\d)");

  /// One radio button.
  ///
  /// @param id value of the radio button
  /// @param when the day, and the time where the record has one
  /// @param details what, where and with whom
  public record Choice(String id, String when, String details, boolean chosen) {
    static Choice of(Entry encounter, boolean chosen, Language language) {
      return new Choice(
          encounter.id(),
          EncounterPage.when(encounter, language),
          Stream.of(encounter.kind(), encounter.place(), encounter.practitioner())
              .filter(part -> !part.isBlank())
              .map(PlainText::name)
              .collect(Collectors.joining(" · ")),
          chosen);
    }
  }

  /// Such as `17 June 2026, 20:03`, as on the clock of the place where it was recorded.
  static String when(Entry encounter, Language language) {
    var day = DisplayTime.date(encounter.start(), language);
    var time = TIME.matcher(encounter.start());
    return PlainText.name(time.find() ? day + ", " + time.group(1) : day);
  }
}
