package dev.latchkey.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchContextTest {
  @Test
  void namesThePatientWhereOneWasChosen() {
    assertThat(new LaunchContext("ana").members()).isEqualTo(Map.of("patient", "ana"));
    assertThat(LaunchContext.none().members()).isEmpty();
  }
}
