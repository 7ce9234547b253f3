package dev.latchkey.account;

import dev.latchkey.http.DisplayTime;
import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import dev.latchkey.http.PlainText;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A patient in words.
public final class PatientWording {
  private PatientWording() {}

  /// Relationships that people are registered with, beside which any other text stays as it is.
  private static final Map<String, Phrase> RELATIONSHIPS =
      Stream.of(new Phrase("yourself", "usted"), new Phrase("your child", "su hijo o hija"))
          .collect(Collectors.toMap(Phrase::english, known -> known));

  /// Such as `your child, born 28 September 2018`, as far as it is known.
  public static String details(User.PatientAccess patient, Language language) {
    var relationship = PlainText.name(patient.relationship());
    var known = RELATIONSHIPS.get(relationship);
    var born = PlainText.name(DisplayTime.date(patient.birthDate(), language));
    return Stream.of(
            known == null ? relationship : known.in(language),
            born.isEmpty() ? "" : new Phrase("born ", "nacimiento: ").in(language) + born)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
