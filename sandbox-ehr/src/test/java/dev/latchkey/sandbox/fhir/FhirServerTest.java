package dev.latchkey.sandbox.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import dev.latchkey.sandbox.RunningSandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The FHIR API over HTTP, without the rooms that guard it.
class FhirServerTest {

  private static final FhirContext R4 = FhirContext.forR4Cached();

  private final HttpClient http = HttpClient.newHttpClient();
  private final RunningSandbox sandbox = RunningSandbox.of("fhir", FhirAlone.class, Map.of());

  @Test
  void metadataListsWhatIsServedAndNothingElse() throws Exception {
    var statement = capabilities();

    var types = new ArrayList<>(ServedResourceTypes.SERVED);
    types.add(Exports.FILES);
    assertThat(statement.getRestFirstRep().getResource())
        .extracting(CapabilityStatementRestResourceComponent::getType)
        .containsExactlyInAnyOrderElementsOf(types);
    assertThat(statement.getRestFirstRep().getOperation())
        .extracting(CapabilityStatementRestResourceOperationComponent::getName)
        .containsExactlyInAnyOrder("export", "export-poll-status");
    assertThat(statement.getRestFirstRep().getResource())
        .flatExtracting(CapabilityStatementRestResourceComponent::getOperation)
        .extracting(CapabilityStatementRestResourceOperationComponent::getName)
        .containsExactlyInAnyOrder("everything", "export", "export");
  }

  @Test
  void metadataIsSmall() throws Exception {
    assertThat(get("/metadata").body().length()).isLessThan(150_000);
  }

  @Test
  void metadataSaysHowToGetAccess() throws Exception {
    var security = capabilities().getRestFirstRep().getSecurity();
    var issuer = sandbox.baseUrl();

    assertThat(security.getServiceFirstRep().getCodingFirstRep().getCode())
        .isEqualTo("SMART-on-FHIR");
    var uris =
        security.getExtensionByUrl(
            "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris");
    for (var endpoint : List.of("authorize", "token", "revoke")) {
      assertThat(((UriType) uris.getExtensionByUrl(endpoint).getValue()).getValue())
          .isEqualTo(issuer + "/" + endpoint);
    }
    assertThat(((UriType) uris.getExtensionByUrl("manage").getValue()).getValue())
        .isEqualTo(issuer + "/apps");
  }

  @Test
  void metadataNamesTheSandbox() throws Exception {
    var statement = capabilities();

    assertThat(statement.getSoftware().getName()).isEqualTo("Latchkey sandbox");
    assertThat(statement.getImplementation().getUrl()).isEqualTo(sandbox.fhirBase().toString());
  }

  @Test
  void noUrlIsBuiltFromTheHostHeader() throws Exception {
    var base = sandbox.fhirBase();
    // 127.0.0.1 reaches the same server, and sends another Host header than the configured one.
    var other = URI.create(base.toString().replace("localhost", "127.0.0.1"));

    for (var path : List.of("/metadata", "/Observation?_count=2", "/Patient/mia/_history")) {
      var body = send(HttpRequest.newBuilder(URI.create(other + path)).GET()).body();
      assertThat(body).contains(base.toString()).doesNotContain("127.0.0.1");
    }
  }

  @Test
  void pagesLeadThroughTheWholeResult() throws Exception {
    Set<String> found = new HashSet<>();
    var next = sandbox.fhirBase() + "/Observation?patient=mia&_count=10";
    int expected = total("Observation?patient=mia");
    while (next != null) {
      assertThat(next).startsWith(sandbox.fhirBase().toString());
      var page = bundle(send(HttpRequest.newBuilder(URI.create(next)).GET()));
      assertThat(page.getEntry()).hasSizeLessThanOrEqualTo(10);
      page.getEntry().forEach(entry -> found.add(entry.getFullUrl()));
      next = page.getLink("next") == null ? null : page.getLink("next").getUrl();
    }

    assertThat(found)
        .hasSize(expected)
        .hasSizeGreaterThan(20)
        .allMatch(url -> url.startsWith(sandbox.fhirBase() + "/Observation/"));
  }

  @Test
  void aNewResourceIsFoundAtItsLocation() throws Exception {
    var goal =
        """
        {"resourceType": "Goal", "lifecycleStatus": "active", "subject": {"reference": "Patient/mia"},
         "description": {"text": "Walk every day"}}\
        """;
    var created = post("/Goal", goal);

    assertThat(created.statusCode()).isEqualTo(201);
    var location = created.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(sandbox.fhirBase() + "/Goal/");
    assertThat(send(HttpRequest.newBuilder(URI.create(location)).GET()).body())
        .contains("Walk every day");
  }

  @Test
  void everythingOfOnePatientIsServed() throws Exception {
    var everything = bundle(get("/Patient/mia/$everything?_count=200"));

    assertThat(everything.getEntry()).hasSizeGreaterThan(100);
  }

  @Test
  void aBarInATokenSearchNeedsNoEscape() throws Exception {
    // java.net.URI refuses a raw bar, so the request is written by hand.
    var base = sandbox.fhirBase();
    var answer =
        RawRequest.get(
            base.getPort(), "/fhir/Observation?code=http://loinc.org|8867-4&_summary=count");

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(total("Observation?code=http://loinc.org%7C8867-4")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$meta",
        "$get-resource-counts",
        "$expunge",
        "$reindex",
        "$mark-all-resources-for-reindexing",
        "$perform-reindexing-pass",
        "$hapi.fhir.replace-references",
        "$hapi.fhir.undo-replace-references",
        "$graphql?query=x",
        "$export",
        "$diff?from=Patient/mia&to=Patient/rhea",
        "_history",
        "Patient/_history",
        "Patient/$meta",
        "Patient/$expunge",
        "Patient/$hapi.fhir.merge",
        "Patient/$validate",
        "Patient/$everything",
        "Patient/mia/$meta",
        "Patient/mia/$meta-add",
        "Patient/mia/$expunge",
        "Patient/mia/$reindex-dryrun",
        "Observation/$lastn",
        "Encounter/$everything",
        "Account",
        "Binary/1",
        "CodeSystem",
        "SearchParameter",
        "StructureDefinition",
        "Subscription",
        "Task",
        "ValueSet/$expand?url=x"
      })
  void whatIsNotServedIsRefused(String path) throws Exception {
    for (var method : List.of("GET", "POST")) {
      var answer =
          send(
              HttpRequest.newBuilder(URI.create(sandbox.fhirBase() + "/" + path))
                  .header("Content-Type", "application/fhir+json")
                  .method(
                      method,
                      method.equals("GET")
                          ? BodyPublishers.noBody()
                          : BodyPublishers.ofString("{\"resourceType\": \"Parameters\"}")));

      assertThat(answer.statusCode()).as(method + " " + path).isBetween(400, 499);
      var outcome = R4.newJsonParser().parseResource(OperationOutcome.class, answer.body());
      assertThat(outcome.getIssueFirstRep().getDiagnostics())
          .isNotEmpty()
          .doesNotContain("Binary, Bundle");
    }
  }

  @Test
  void aTransactionCannotWriteWhatIsNotServed() throws Exception {
    var transaction =
        """
        {"resourceType": "Bundle", "type": "transaction", "entry": [
          {"resource": {"resourceType": "Goal", "id": "half-done", "lifecycleStatus": "active",
                        "subject": {"reference": "Patient/mia"}, "description": {"text": "Walk"}},
           "request": {"method": "PUT", "url": "Goal/half-done"}},
          {"resource": {"resourceType": "Task", "status": "draft", "intent": "order"},
           "request": {"method": "POST", "url": "Task"}}]}\
        """;
    var answer = post("", transaction);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("does not keep resources of type Task");
    assertThat(get("/Goal/half-done").statusCode()).isEqualTo(404);
  }

  private CapabilityStatement capabilities() throws Exception {
    return R4.newJsonParser().parseResource(CapabilityStatement.class, get("/metadata").body());
  }

  private int total(String search) throws Exception {
    return bundle(get("/" + search + "&_summary=count")).getTotal();
  }

  private static Bundle bundle(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return R4.newJsonParser().parseResource(Bundle.class, answer.body());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(sandbox.fhirBase() + path)).GET());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(sandbox.fhirBase() + path))
            .header("Content-Type", "application/fhir+json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
