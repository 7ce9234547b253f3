package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import dev.latchkey.interaction.RecentEncounters;
import dev.latchkey.interaction.RecentEncounters.Entry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which visits a user may choose from for an app.
@TestInstance(Lifecycle.PER_CLASS)
class ListedEncountersTest {
  private static final String ID = LabelledRecord.ID;
  private static final List<String> MORE = List.of("planned-visit", "late-visit", "early-visit");

  @RegisterExtension static final LabelledRecord labelled = new LabelledRecord();

  private final BesideThePage reads = new BesideThePage(Duration.ofMinutes(1));
  private final RecentEncounters encounters =
      new ListedEncounters(
          GuardedFhir.running().bean(SearchCheck.class),
          GuardedFhir.running().bean(InnerSearch.class),
          GuardedFhir.running().bean(DaoRegistry.class),
          reads);

  @BeforeAll
  void add() {
    var late = visit("late-visit", "2025-03-02T10:00:00+02:00");
    late.addType(new CodeableConcept().setText("Check up (procedure)"));
    late.setServiceProvider(new Reference().setDisplay("Ward 7"));
    late.addParticipant().setIndividual(new Reference().setDisplay("Dr. Roe"));
    labelled.store(late);
    labelled.store(visit("early-visit", "2024"));
    labelled.store(visit("planned-visit", "2090").setStatus(EncounterStatus.PLANNED));
  }

  @AfterAll
  void remove() {
    MORE.forEach(id -> labelled.remove("Encounter/" + id));
    reads.close();
  }

  private static Encounter visit(String id, String start) {
    var visit = LabelledRecord.visit(id, "AMB");
    visit.getPeriod().setStartElement(new DateTimeType(start));
    return visit;
  }

  private List<String> ids(String patient, String fhirUser) {
    return encounters.of(patient, fhirUser).stream().map(Entry::id).toList();
  }

  @Test
  void thoseThatTookPlaceAreListedNewestFirst() {
    assertThat(ids(ID, "Patient/" + ID))
        .startsWith("late-visit", "early-visit")
        .containsExactlyInAnyOrder("late-visit", "early-visit", "open-visit", "secret-visit");
  }

  @Test
  void eachIsDescribedInTheWordsOfTheRecord() {
    assertThat(encounters.of(ID, "Patient/" + ID))
        .startsWith(
            new Entry("late-visit", "2025-03-02T10:00:00+02:00", "Check up", "Ward 7", "Dr. Roe"),
            new Entry("early-visit", "2024", "", "", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RelatedPerson/mother", "Patient/mother", "Practitioner/somebody"})
  void rsv6_whatIsRestrictedIsNoChoiceOfAnybodyButThePatient(String fhirUser) {
    assertThat(ids(ID, fhirUser))
        .contains("late-visit", "open-visit")
        .doesNotContain("secret-visit");
  }

  @Test
  void nothingIsListedOfAPatientWithoutVisits() {
    assertThat(ids("nobody", "Patient/nobody")).isEmpty();
  }

  @Test
  void noListIsLongerThanAPage() {
    var visits =
        IntStream.rangeClosed(0, RecentEncounters.MOST)
            .mapToObj(year -> visit("visit-of-" + (2000 + year), String.valueOf(2000 + year)))
            .toList();
    labelled.store(new Patient().setId("Patient/often-here"));
    visits.forEach(visit -> visit.setSubject(new Reference("Patient/often-here")));
    visits.forEach(labelled::store);

    var ids = ids("often-here", "Patient/often-here");

    visits.forEach(visit -> labelled.remove(visit.getId()));
    labelled.remove("Patient/often-here");
    assertThat(ids)
        .hasSize(RecentEncounters.MOST)
        .startsWith("visit-of-2020")
        .endsWith("visit-of-2001");
  }
}
