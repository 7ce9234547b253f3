package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.GuardedFhir.ANA;
import static dev.latchkey.sandbox.access.GuardedFhir.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// A batch is as many requests, each judged alone.
class BatchAccessTest {
  private final FhirCalls ana = GuardedFhir.as(ANA, "patient/*.cruds");

  private static Bundle batch(BundleEntryComponent... entries) {
    return new Bundle().setType(BundleType.BATCH).setEntry(new ArrayList<>(List.of(entries)));
  }

  private static BundleEntryComponent entry(HTTPVerb verb, String url, @Nullable Resource body) {
    var entry = new BundleEntryComponent();
    entry.getRequest().setMethod(verb).setUrl(url);
    entry.setResource(body);
    return entry;
  }

  private static BundleEntryComponent get(String url) {
    return entry(HTTPVerb.GET, url, null);
  }

  private static Observation about(String patient) {
    return new Observation()
        .setStatus(ObservationStatus.FINAL)
        .setCode(new CodeableConcept().setText("written by a test"))
        .setSubject(new Reference("Patient/" + patient));
  }

  private List<BundleEntryComponent> run(FhirCalls app, BundleEntryComponent... entries) {
    var answer = app.post("", batch(entries));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.bundle().getType()).isEqualTo(BundleType.BATCHRESPONSE);
    return answer.bundle().getEntry();
  }

  private static List<String> codes(List<BundleEntryComponent> entries) {
    return entries.stream().map(entry -> entry.getResponse().getStatus().substring(0, 3)).toList();
  }

  private static String firstOf(String patient, String type) {
    return GuardedFhir.as(patient, "patient/*.rs").get(type + "?_count=1").ids().getFirst();
  }

  @Test
  void ownAndOthersReadsAreAnsweredSideBySide() {
    var own = firstOf(ANA, "Observation");
    var theirs = firstOf(OTHER, "Observation");
    var answers =
        run(ana, get(own), get(theirs), get("Observation/nobody"), get("Patient/" + OTHER));
    assertThat(codes(answers)).containsExactly("200", "404", "404", "404");
    assertThat(
            answers.getFirst().getResource().getIdElement().toUnqualifiedVersionless().getValue())
        .isEqualTo(own);
    assertThat(text(answers.get(1))).isEqualTo(text(answers.get(2)));
  }

  private static String text(BundleEntryComponent entry) {
    return ((OperationOutcome) entry.getResponse().getOutcome())
        .getIssueFirstRep()
        .getDiagnostics();
  }

  @Test
  void aSearchInABatchIsNarrowedAndASearchForOthersRefusedAlone() {
    var answers =
        run(
            ana,
            get("Observation?_summary=count"),
            get("Observation?patient=" + OTHER),
            get("Observation?_has:Observation:performer:code=1"),
            get("Condition?_count=1"));
    assertThat(codes(answers)).containsExactly("200", "403", "403", "200");
    assertThat(((Bundle) answers.getFirst().getResource()).getTotal())
        .isEqualTo(ana.get("Observation?_summary=count").bundle().getTotal());
  }

  @Test
  void rsv7_everyEntryNeedsItsScope() {
    var app = GuardedFhir.as(ANA, "patient/Observation.rs");
    var own = firstOf(ANA, "Observation");
    var answers =
        run(
            app,
            get(own),
            get("Condition"),
            get("Patient/" + ANA),
            entry(HTTPVerb.POST, "Observation", about(ANA)),
            entry(HTTPVerb.DELETE, own, null));
    assertThat(codes(answers)).containsExactly("200", "403", "403", "403", "403");
  }

  @Test
  void writesAreKeptInTheRecordOneByOne() {
    var theirs = firstOf(OTHER, "Observation");
    var conditional = entry(HTTPVerb.POST, "Observation", about(ANA));
    conditional.getRequest().setIfNoneExist("patient=" + OTHER);
    var answers =
        run(
            ana,
            entry(HTTPVerb.POST, "Observation", about(ANA)),
            entry(HTTPVerb.POST, "Observation", about(OTHER)),
            entry(HTTPVerb.PUT, theirs, about(ANA).setId(theirs)),
            entry(HTTPVerb.PUT, "Observation?patient=" + OTHER, about(ANA)),
            entry(HTTPVerb.DELETE, theirs, null),
            conditional);
    assertThat(codes(answers)).containsExactly("201", "403", "404", "403", "404", "403");
    assertThat(answers.getFirst().getResponse().getLocation()).contains("/Observation/");
  }

  @Test
  void aWriteWithoutScopeToReadReturnsNoResource() {
    var app = GuardedFhir.as(ANA, "patient/Observation.c");
    var answers = run(app, entry(HTTPVerb.POST, "Observation", about(ANA)));
    assertThat(codes(answers)).containsExactly("201");
    assertThat(answers.getFirst().hasResource()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?_getpages=x",
        "https://evil.example/fhir/Patient/1",
        "../fhir/Patient/kendal",
        "../.well-known/jwks",
        "/../Patient/kendal",
        "Patient/../Patient/kendal",
        "Patient/dolores/../kendal",
        "Patient%2Fkendal"
      })
  void anAddressOutsideIsNoEntry(String url) {
    var answers = run(ana, get(url), get("Patient/" + ANA));
    assertThat(codes(answers).getFirst()).isIn("400", "403", "404");
    assertThat(codes(answers).getLast()).isEqualTo("200");
  }

  @Test
  void batchesDoNotNest() {
    var inner = batch(get("Patient/" + OTHER));
    assertThat(codes(run(ana, entry(HTTPVerb.POST, "", inner)))).containsExactly("400");
    assertThat(codes(run(ana, entry(HTTPVerb.POST, "/", inner)))).containsExactly("400");
    assertThat(codes(run(ana, new BundleEntryComponent().setFullUrl("urn:x"))))
        .containsExactly("400");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"BATCH", "NULL"})
  void otherBundlesAreRefused(BundleType type) {
    var bundle = batch(get("Patient/" + ANA)).setType(type);
    assertThat(ana.post("", bundle).status()).isIn(400, 403);
  }

  @Test
  void noHeaderMakesATransactionOfIt() {
    var json =
        FhirCalls.FHIR
            .newJsonParser()
            .encodeResourceToString(batch(entry(HTTPVerb.POST, "Observation", about(OTHER))));
    var answer =
        ana.send(
            "POST",
            "",
            json,
            "application/fhir+json",
            "X-Transaction-Semantics",
            "retryCount=2; tryBatchAsTransactionFirst=true");
    assertThat(codes(answer.bundle().getEntry())).containsExactly("403");
  }

  @Test
  void hasALimit() {
    var many = batch();
    for (int i = 0; i <= BatchInterceptor.MOST_ENTRIES; i++) {
      many.getEntry().add(get("Patient/" + ANA));
    }
    assertThat(ana.post("", many).status()).isEqualTo(400);
  }

  @Test
  void needsAToken() {
    var answer = GuardedFhir.withoutToken().post("", batch(get("Patient/" + ANA)));
    assertThat(answer.status()).isEqualTo(401);
  }
}
