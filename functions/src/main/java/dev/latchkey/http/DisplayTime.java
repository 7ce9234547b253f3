package dev.latchkey.http;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/// Dates and durations as people say them.
public final class DisplayTime {
  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter SPANISH =
      DateTimeFormatter.ofPattern("d 'de' MMMM 'de' uuuu", Locale.of("es"));

  /// Letters of a day, `2018-09-28`.
  private static final int DAY = 10;

  private DisplayTime() {}

  /// `28 September 2018` for `2018-09-28`, and for a FHIR dateTime of that day, on the clock of
  /// where it was written. FHIR also allows a year or a month alone, which stay as they are.
  public static String date(String isoDate, Language language) {
    var day = isoDate.length() > DAY ? isoDate.substring(0, DAY) : isoDate;
    try {
      return LocalDate.parse(day).format(format(language));
    } catch (DateTimeParseException e) {
      return isoDate;
    }
  }

  /// The day of an instant, in UTC.
  public static String date(Instant instant, Language language) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).format(format(language));
  }

  private static DateTimeFormatter format(Language language) {
    return switch (language) {
      case ENGLISH -> ENGLISH;
      case SPANISH -> SPANISH;
    };
  }

  /// `40 seconds`, `10 minutes`, `8 hours` or `30 days`, rounded up to the next whole unit.
  public static String wait(Duration duration, Language language) {
    var seconds = Math.max(1, duration.toSeconds());
    if (seconds < 120) {
      return count(seconds, new Phrase("second", "segundo").in(language));
    }
    if (seconds < 7_200) {
      return count(Math.ceilDiv(seconds, 60), new Phrase("minute", "minuto").in(language));
    }
    return seconds < 172_800
        ? count(Math.ceilDiv(seconds, 3_600), new Phrase("hour", "hora").in(language))
        : count(Math.ceilDiv(seconds, 86_400), new Phrase("day", "día").in(language));
  }

  /// Both languages add an s for more than one.
  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
