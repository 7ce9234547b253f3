package dev.latchkey.sandbox.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/// The FHIR requests that the demo app sends with its access token, and what came back.
public final class RecordReads {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI fhirBase;

  RecordReads(HttpClient http, URI fhirBase) {
    this.http = http;
    this.fhirBase = fhirBase;
  }

  /// One request and its answer.
  ///
  /// @param what in plain words
  /// @param request relative to the FHIR base
  /// @param status HTTP status code
  /// @param answer what came back, in a few words
  public record Read(String what, String request, int status, String answer) {
    public boolean allowed() {
      return status == 200;
    }
  }

  /// @param patient FHIR id of the patient in context
  /// @param other FHIR id of somebody else
  List<Read> all(AccessToken token, String patient, String other) throws IOException {
    return List.of(
        read(token, "The patient", "Patient/" + patient),
        read(token, "Lab results", search("Observation", patient) + "&category=laboratory"),
        read(token, "Health problems", search("Condition", patient)),
        read(token, "Prescriptions", search("MedicationRequest", patient)),
        read(token, "Vaccinations, which the app did not ask for", search("Immunization", patient)),
        read(token, "Somebody else’s record", "Patient/" + other));
  }

  private static String search(String type, String patient) {
    return type + "?patient=" + patient + "&_count=100";
  }

  private Read read(AccessToken token, String what, String path) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(fhirBase + "/" + path))
            .header("authorization", token.toAuthorizationHeader())
            .header("accept", "application/fhir+json")
            .timeout(PATIENCE)
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      return new Read(what, path, answer.statusCode(), inWords(answer.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String inWords(String body) {
    JsonNode resource;
    try {
      resource = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return "No JSON";
    }
    return switch (resource.path("resourceType").asText()) {
      case "Patient" -> name(resource) + ", born " + resource.path("birthDate").asText();
      case "Bundle" -> entries(resource);
      case "OperationOutcome" -> resource.at("/issue/0/diagnostics").asText();
      default -> "";
    };
  }

  private static String name(JsonNode patient) {
    return patient.at("/name/0/given/0").asText() + " " + patient.at("/name/0/family").asText();
  }

  private static String entries(JsonNode bundle) {
    var count = bundle.path("entry").size();
    var first = bundle.at("/entry/0/resource");
    var text =
        first.path("code").path("text").asText()
            + first.path("medicationCodeableConcept").path("text").asText()
            + first.path("medicationReference").path("display").asText();
    var found = count == 1 ? "1 entry" : count + " entries";
    return text.isEmpty() ? found : found + ", such as " + text;
  }
}
