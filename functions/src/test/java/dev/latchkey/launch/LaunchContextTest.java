package dev.latchkey.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.contract.TestLaunches;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchContextTest {
  @Test
  void namesThePatientWhereOneWasChosen() {
    assertThat(new LaunchContext("ana").members()).isEqualTo(Map.of("patient", "ana"));
    assertThat(LaunchContext.none().members()).isEmpty();
  }

  @Test
  void lch6_saysWhetherABannerIsNeededAlsoWhenItIsNot() {
    assertThat(TestLaunches.full().members())
        .containsEntry("need_patient_banner", false)
        .containsEntry("smart_style_url", "https://ehr.example/style-1.json");
  }

  @Test
  void lch7_otherResourcesAreObjectsWithARelativeReference() {
    assertThat(TestLaunches.full().members().get("fhirContext"))
        .isEqualTo(
            List.of(
                Map.of("reference", "ImagingStudy/is-1"),
                Map.of("reference", "List/l-1", "role", "https://ehr.example/role/worklist")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/ana",
        "Encounter/e",
        "https://ehr.example/List/1",
        "List",
        "List/1/2",
        ""
      })
  void lch7_whatHasAMemberOfItsOwnOrNoRelativeReferenceIsNoneOfThem(String reference) {
    assertThatThrownBy(() -> new ContextReference(reference, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEncounterBelongsToAPatient() {
    assertThatThrownBy(() -> new LaunchContext(null, "enc-1", List.of(), null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePatientOfTheEhrStays() {
    assertThat(TestLaunches.full().orPatient("mia")).isEqualTo(TestLaunches.full());
    var app = new AppContext("a");
    assertThat(
            new LaunchContext(null, null, List.of(), "i", null, null, app)
                .orPatient("mia")
                .members())
        .isEqualTo(Map.of("patient", "mia", "intent", "i", "appContext", "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é"})
  void anAppContextHasAtMostTwoKilobytes(String letter) {
    var longest = letter.repeat(2048 / letter.getBytes(StandardCharsets.UTF_8).length);

    assertThat(new AppContext(longest).text()).isEqualTo(longest);
    assertThat(AppContext.fits(longest + "a")).isFalse();
    assertThatThrownBy(() -> new AppContext(longest + "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isReadAsItWasWritten() {
    var launch = new Launch("sub", TestLaunches.full());

    assertThat(Launch.of(launch.document())).isEqualTo(launch);
    assertThatThrownBy(() -> Launch.of(Map.of())).isInstanceOf(IllegalStateException.class);
  }
}
