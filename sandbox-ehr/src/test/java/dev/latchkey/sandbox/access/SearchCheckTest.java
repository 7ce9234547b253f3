package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.util.UrlUtil;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.sandbox.access.AccessToken.Holder;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.TokenType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Encounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every parameter that could lead a search out of what the token covers.
class SearchCheckTest {
  private static final ServerIdentity HERE =
      new ServerIdentity("http://localhost:8080", "http://localhost:8080/fhir");
  private static final SearchCheck CHECK =
      new SearchCheck(
          FhirCalls.FHIR,
          new PatientRecord(FhirCalls.FHIR, HERE.fhirBase()),
          SearchCheckTest::chained,
          new Refusals(new Challenges(HERE)));

  /// Ana has two visits, none of them an emergency.
  private static List<? extends IBaseResource> chained(
      String type, String parameter, String[] values, SearchedRecords records) {
    return type.equals("Encounter")
            && records.owners().equals(Set.of("ana"))
            && !values[0].equals("EMER")
        ? List.of(new Encounter().setId("Encounter/1"), new Encounter().setId("Encounter/2"))
        : List.of();
  }

  private static AccessToken token(String scopes) {
    return new AccessToken(
        Holder.USER,
        TokenType.BEARER,
        "app",
        ScopeSet.parse(scopes),
        "ana",
        "Patient/ana",
        Set.of(),
        "ana");
  }

  private static Map<String, String[]> narrow(String scopes, String search) {
    var parts = search.split("\\?", 2);
    var query = parts.length > 1 ? parts[1] : "";
    return CHECK.narrow(token(scopes), parts[0], UrlUtil.parseQueryString(query));
  }

  private static BaseServerResponseException refusal(String scopes, String search) {
    return catchThrowableOfType(BaseServerResponseException.class, () -> narrow(scopes, search));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "encounter.class=AMB; Encounter/1,Encounter/2",
        "encounter:Encounter.class=EMER; Encounter/none-in-this-record"
      })
  void rsv6_aChainIsHeldToTheOwnEntries(String chain, String encounters) {
    var narrowed = narrow("patient/*.rs", "Observation?" + chain);
    assertThat(narrowed)
        .containsKey(chain.replace("encounter.", "encounter:Encounter.").split("=", 2)[0]);
    assertThat(narrowed.get("encounter")).containsExactly(encounters);
  }

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

  @ParameterizedTest
  @CsvSource({
    "Observation?code=1, patient, Patient/ana",
    "Observation?patient=Patient/ana, patient, Patient/ana",
    "Observation?subject=Patient/ana, patient, Patient/ana",
    "Observation?patient:missing=true, patient, Patient/ana",
    "Observation?patient:not=ana, patient, Patient/ana",
    "Coverage, patient, Patient/ana",
    "Patient, _id, ana",
    "Patient?name=x, _id, ana"
  })
  void bindsEverySearchOfEntriesToThePatient(String search, String parameter, String value) {
    assertThat(narrow("patient/*.rs", search).get(parameter)).contains(value);
  }

  @Test
  void keepsWhatTheAppAskedForBesideTheBinding() {
    var narrowed = narrow("patient/*.rs", "Observation?subject=ana&code=1&code=2");
    assertThat(narrowed.get("subject")).containsExactly("ana");
    assertThat(narrowed.get("patient")).containsExactly("Patient/ana");
    assertThat(narrowed.get("code")).containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ana", "Patient/ana"})
  void bindsOnlyOnceWhereTheAppDidSoItself(String asked) {
    var narrowed = narrow("patient/*.rs", "Observation?patient=" + asked);
    assertThat(narrowed.get("patient")).containsExactly("Patient/ana");
  }

  @Test
  void bindsBesideAnAddressOfAnotherServer() {
    var elsewhere = "http://elsewhere.example/fhir/Patient/ana";
    var narrowed = narrow("patient/*.rs", "Observation?patient=" + elsewhere);
    assertThat(narrowed.get("patient")).containsExactlyInAnyOrder(elsewhere, "Patient/ana");
  }

  @Test
  void leavesSearchesOfTheDirectoryAsTheyAre() {
    assertThat(narrow("patient/*.rs", "Organization?name=x").keySet()).containsExactly("name");
  }

  @Test
  void namesTheTypeOfAChainForTheStore() {
    assertThat(narrow("patient/*.rs", "Observation?encounter.class=AMB").keySet())
        .contains("encounter:Encounter.class");
  }

  @Test
  void refusesEveryRecordWhenTheTokenNamesNoPatient() {
    var token =
        new AccessToken(
            Holder.USER,
            TokenType.BEARER,
            "app",
            ScopeSet.parse("patient/*.rs"),
            null,
            "Patient/ana",
            Set.of(),
            "ana");
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
