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
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private DisplayTime() {}

  /// `28 September 2018` for `2018-09-28`; FHIR also allows a year or a month alone, which stay as
  /// they are.
  public static String date(String isoDate) {
    try {
      return LocalDate.parse(isoDate).format(DATE);
    } catch (DateTimeParseException e) {
      return isoDate;
    }
  }

  /// The day of an instant, in UTC.
  public static String date(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).format(DATE);
  }

  /// `40 seconds`, `10 minutes`, `8 hours` or `30 days`, rounded up to the next whole unit.
  public static String wait(Duration duration) {
    var seconds = Math.max(1, duration.toSeconds());
    if (seconds < 120) {
      return count(seconds, "second");
    }
    if (seconds < 7_200) {
      return count(Math.ceilDiv(seconds, 60), "minute");
    }
    return seconds < 172_800
        ? count(Math.ceilDiv(seconds, 3_600), "hour")
        : count(Math.ceilDiv(seconds, 86_400), "day");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
