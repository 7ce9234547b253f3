package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTimeTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 1 second",
    "PT1S, 1 second",
    "PT90S, 90 seconds",
    "PT2M, 2 minutes",
    "PT2M1S, 3 minutes",
    "PT15M, 15 minutes",
    "PT1H, 60 minutes",
    "PT8H, 8 hours",
    "P2D, 2 days",
    "P30D, 30 days"
  })
  void aDurationIsRoundedUpToWhatPeopleSay(Duration duration, String said) {
    assertThat(DisplayTime.wait(duration, Language.ENGLISH)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "2018-09-28, 28 September 2018",
    "2018-09-28T23:30:00-05:00, 28 September 2018",
    "1990, 1990",
    "1990-05, 1990-05",
    "x, x"
  })
  void aDateIsWrittenOutIfItIsWhole(String isoDate, String said) {
    assertThat(DisplayTime.date(isoDate, Language.ENGLISH)).isEqualTo(said);
  }

  @Test
  void theDayOfAnInstantIsThatOfUtc() {
    assertThat(DisplayTime.date(Instant.parse("2036-03-01T23:59:59Z"), Language.ENGLISH))
        .isEqualTo("1 March 2036");
  }

  @Test
  void spanishHasItsOwnWords() {
    assertThat(DisplayTime.date("2018-09-28", Language.SPANISH))
        .isEqualTo("28 de septiembre de 2018");
    assertThat(DisplayTime.date(Instant.parse("2036-03-01T23:59:59Z"), Language.SPANISH))
        .isEqualTo("1 de marzo de 2036");
    assertThat(DisplayTime.wait(Duration.ofSeconds(1), Language.SPANISH)).isEqualTo("1 segundo");
    assertThat(DisplayTime.wait(Duration.ofMinutes(10), Language.SPANISH)).isEqualTo("10 minutos");
    assertThat(DisplayTime.wait(Duration.ofHours(8), Language.SPANISH)).isEqualTo("8 horas");
    assertThat(DisplayTime.wait(Duration.ofDays(30), Language.SPANISH)).isEqualTo("30 días");
  }
}
