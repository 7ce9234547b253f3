package dev.latchkey.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.resource.HealthLakePolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthLakeSettingsTest {
  private static final String READING = "LATCHKEY_HEALTHLAKE_READING_ROLE";
  private static final String WRITING = "LATCHKEY_HEALTHLAKE_WRITING_ROLE";
  private static final String WIDENS = "LATCHKEY_HEALTHLAKE_WIDEN_FILTERS";

  @Test
  void appsOnlyReadUnlessThereIsARoleToWriteWith() {
    var nobodyWrites =
        new HealthLakePolicy("reading", Optional.empty(), false, HealthLakePolicy.LIMIT);

    assertThat(HealthLakeSettings.from(Map.of(READING, "reading"))).isEqualTo(nobodyWrites);
    assertThat(HealthLakeSettings.from(Map.of(READING, "reading", WRITING, "")))
        .isEqualTo(nobodyWrites);
    assertThat(
            HealthLakeSettings.from(Map.of(READING, "reading", WRITING, "writing", WIDENS, "true")))
        .isEqualTo(
            new HealthLakePolicy("reading", Optional.of("writing"), true, HealthLakePolicy.LIMIT));
  }

  @Test
  void itGivesUpBeforeHealthLakeDoes() {
    assertThat(HealthLakeSettings.from(Map.of(READING, "reading")).limit())
        .isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void whatIsMissingOrMisspelledIsNamed() {
    assertThatThrownBy(() -> HealthLakeSettings.from(Map.of())).hasMessageContaining(READING);
    assertThatThrownBy(() -> HealthLakeSettings.from(Map.of(READING, "reading", WIDENS, "yes")))
        .hasMessageContaining(WIDENS);
  }
}
