package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.CheckedSearch.CHECK;
import static dev.latchkey.sandbox.access.CheckedSearch.narrow;
import static dev.latchkey.sandbox.access.CheckedSearch.refusal;
import static dev.latchkey.sandbox.access.CheckedSearch.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every parameter that could lead a search out of what the token covers.
class SearchCheckTest {
  @Test
  void rsv6_aSortIntoOtherEntriesIsRefused() {
    var refused = refusal("patient/*.rs", "Observation?_sort=-encounter.date");
    assertThat(refused.getStatusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "patient/Observation.rs; Observation",
        "patient/Observation.s; Observation?code=8302-2",
        "patient/Observation.read; Observation?code:not=8302-2&date=ge2020",
        "patient/*.rs; Observation?code=http://loinc.org|8302-2,http://loinc.org|1",
        "patient/Observation.rs; Observation?_id=1&_lastUpdated=gt2020&_tag=x&_security:not=y",
        "patient/Observation.rs; Observation?_count=5&_summary=count&_total=accurate&_elements=id",
        "patient/Observation.rs; Observation?_sort=-date,code&_format=json&_pretty=true",
        "patient/Observation.rs; Observation?patient=ana",
        "patient/Observation.rs; Observation?patient=Patient/ana&subject=ana",
        "patient/Observation.rs; Observation?subject:Patient=ana",
        "patient/Observation.rs; Observation?subject=Group/1",
        "patient/Observation.rs; Observation?encounter=Encounter/1",
        "patient/Observation.rs; Observation?_include=*",
        "patient/Observation.rs; Observation?_include=Observation:*",
        "patient/Observation.rs; Observation?unknown=1",
        "patient/Observation.rs patient/Patient.r; Observation?_include=Observation:patient",
        "patient/Observation.rs patient/Patient.s;"
            + " Observation?_include=Observation:subject:Patient",
        "patient/Observation.rs patient/Practitioner.r; Observation?_include=Observation:performer",
        "patient/*.rs;"
            + " Observation?_include=Observation:encounter&_include:iterate=Encounter:location",
        "patient/*.rs; Encounter?_revinclude=Observation:encounter",
        "patient/*.rs; Patient?_revinclude=Provenance:target&_revinclude=*",
        "patient/*.rs; Organization?_revinclude=PractitionerRole:organization",
        "patient/Patient.rs patient/Observation.s; Patient?_has:Observation:patient:code=1",
        "patient/*.rs; Patient?_has:Observation:subject:code:not=1",
        "patient/*.rs; Observation?patient.name=ana",
        "patient/*.rs; Observation?subject:Patient.name=ana",
        "patient/*.rs; Coverage?beneficiary.name=ana",
        "patient/Observation.rs patient/Encounter.s; Observation?encounter.class=AMB",
        "patient/*.rs; Observation?performer:Practitioner.name=x",
        "patient/*.rs; Encounter?_sort=service-provider.name,-subject:Patient.family",
        "patient/Patient.rs; Patient",
        "patient/Patient.rs; Patient?_id=ana&name=x",
        "patient/Organization.rs; Organization?name=x"
      })
  void allows(String scopes, String search) {
    assertThat(narrow(scopes, search)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "patient/Condition.rs; Observation; patient/Observation.s",
        "patient/Observation.r; Observation; patient/Observation.s",
        "patient/Observation.cud; Observation; patient/Observation.s",
        "openid fhirUser; Patient; patient/Patient.s",
        "patient/*.rs; Person; patient/Person.s",
        "patient/*.rs; SearchParameter; patient/SearchParameter.s",
        "patient/Patient.rs; Patient?_has:Observation:patient:code=1; patient/Observation.s",
        "patient/Patient.rs patient/Observation.r; Patient?_has:Observation:patient:code=1;"
            + " patient/Observation.s",
        "patient/Observation.rs; Observation?_has:Provenance:target:agent=x; patient/Provenance.s",
        "patient/Observation.rs; Observation?encounter.class=AMB; patient/Encounter.s",
        "patient/Observation.rs; Observation?encounter:Encounter.class=AMB; patient/Encounter.s",
        "patient/Observation.rs patient/Encounter.r; Observation?encounter.class=AMB;"
            + " patient/Encounter.s",
        "patient/Observation.rs; Observation?patient.birthdate=1980-01-01; patient/Patient.s",
        "patient/Observation.rs; Observation?patient:Patient.name=x; patient/Patient.s",
        "patient/Observation.rs; Observation?_sort=patient.birthdate; patient/Patient.s",
        "patient/Observation.rs; Observation?_sort=code,-encounter.date; patient/Encounter.s",
        "patient/Observation.rs; Observation?_include=Observation:patient; patient/Patient.r",
        "patient/Observation.rs; Observation?_include=Observation:subject:Patient;"
            + " patient/Patient.r",
        "patient/Observation.rs; Observation?_include=Observation:encounter; patient/Encounter.r",
        "patient/Observation.rs; Observation?_include:iterate=Encounter:location;"
            + " patient/Encounter.r",
        "patient/Encounter.rs; Encounter?_revinclude=Observation:encounter; patient/Observation.s",
        "patient/Encounter.rs patient/Observation.r; Encounter?_revinclude=Observation:encounter;"
            + " patient/Observation.s"
      })
  void refusesWhatTheScopesDoNotCoverAndNamesWhatWould(String scopes, String search, String scope) {
    var refusal = refusal(scopes, search);
    assertThat(refusal.getStatusCode()).isEqualTo(403);
    assertThat(refusal.getResponseHeaders().toString())
        .contains("WWW-Authenticate", "error=\"insufficient_scope\"", "scope=\"" + scope + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Observation?_filter=code eq 1",
        "Observation?_query=x",
        "Observation?_content=x",
        "Observation?_text=x",
        "Observation?_list=1",
        "Observation?_type=Condition",
        "Observation?_contained=true",
        "Observation?_includeDeleted=both",
        "Observation?_expunge=true",
        "Observation?_id.x=1",
        "Observation?_unheardof=1",
        "Observation?encounter:Encounter.patient.name=x",
        "Observation?encounter.patient:Patient.name=x",
        "Observation?subject:Patient._has:Observation:patient:code=1",
        "Observation?performer:Patient.name=x",
        "Patient?link:Patient.name=x",
        "Patient?_has:Observation:performer:code=1",
        "Patient?_has:Observation:patient:encounter.class=1",
        "Patient?_has:Observation:patient:_has:Provenance:target:agent=1",
        "Encounter?_has:Observation:encounter:code=1",
        "Organization?_has:Encounter:service-provider:patient=ben",
        "Practitioner?_has:Observation:performer:patient=ben",
        "Practitioner?_has:PractitionerRole:practitioner:role=x",
        "Organization?_revinclude=Encounter:service-provider",
        "Location?_revinclude=*",
        "Encounter?_revinclude:iterate=Observation:encounter",
        "Observation?_include:iterate=*",
        "Observation?_include:recurse=Encounter:*",
        "Observation?_include:strange=Observation:patient",
        "Observation?patient=ben",
        "Observation?patient=Patient/ben",
        "Observation?patient=http://localhost:8080/fhir/Patient/ben",
        "Observation?patient:Patient=ben",
        "Observation?subject=Patient/ben",
        "Observation?patient=ana,ben",
        "Observation?patient=ana&patient=ben",
        "Coverage?beneficiary=ben",
        "Patient?_id=ben",
        "Patient?_id=ana,ben"
      })
  void refusesWhatNoScopeWouldAllow(String search) {
    var refusal = refusal("patient/*.cruds", search);
    assertThat(refusal.getStatusCode()).isEqualTo(403);
    assertThat(refusal.hasResponseHeaders()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Observation?subject.name=x",
        "Observation?performer.name=x",
        "Observation?nothing.name=x",
        "Observation?_include=Observation",
        "Observation?_include=Observation:nothing",
        "Patient?_has:Observation:patient=1"
      })
  void explainsWhatIsMalformed(String search) {
    assertThat(refusal("patient/*.cruds", search).getStatusCode()).isEqualTo(400);
  }

  @Test
  void refusesEveryRecordWhenTheTokenNamesNoPatient() {
    var token = token("patient/*.rs", null);
    for (var type : List.of("Patient", "Observation", "Organization")) {
      var refusal =
          catchThrowableOfType(
              BaseServerResponseException.class, () -> CHECK.narrow(token, type, Map.of()));
      assertThat(refusal.getStatusCode()).isEqualTo(403);
    }
  }

  @Test
  void putsNoMarkupOfTheRequestIntoTheAnswer() {
    var refusal = refusal("patient/*.rs", "Observation?_x<script>=1");
    assertThat(refusal.getMessage()).contains("_xscript").doesNotContain("<");
  }
}
