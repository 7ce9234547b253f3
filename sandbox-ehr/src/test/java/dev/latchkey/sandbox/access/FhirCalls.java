package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/// An app that talks to the FHIR server with one access token.
final class FhirCalls {
  static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI base;
  private final @Nullable String token;

  FhirCalls(URI base, @Nullable String token) {
    this.base = base;
    this.token = token;
  }

  /// What came back.
  record Answer(int status, Map<String, List<String>> headers, String body) {
    Resource resource() {
      return (Resource) FHIR.newJsonParser().parseResource(body);
    }

    Bundle bundle() {
      return (Bundle) resource();
    }

    /// Ids of all entries, as `Type/id`.
    List<String> ids() {
      return bundle().getEntry().stream()
          .map(entry -> entry.getResource().getIdElement().toUnqualifiedVersionless().getValue())
          .toList();
    }

    String problem() {
      return ((OperationOutcome) resource()).getIssueFirstRep().getDiagnostics();
    }

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    String next() {
      return bundle().getLink("next").getUrl();
    }

    /// All that a caller can see, without what differs from request to request.
    String visible() {
      var kept = new TreeMap<>(headers);
      kept.remove("date");
      kept.remove("x-request-id");
      // Tomcat ends a connection after its hundredth request.
      kept.remove("connection");
      return status + "\n" + kept + "\n" + body;
    }
  }

  Answer get(String path) {
    return send("GET", path, null, null);
  }

  /// Ids of what a search finds, on all its pages.
  List<String> all(String search) {
    var page = get(search);
    assertThat(page.status()).as(search + page.body()).isEqualTo(200);
    var ids = new ArrayList<>(page.ids());
    while (page.bundle().getLink("next") != null) {
      page = get(page.next());
      assertThat(page.status()).as(search).isEqualTo(200);
      ids.addAll(page.ids());
    }
    return ids;
  }

  Answer delete(String path) {
    return send("DELETE", path, null, null);
  }

  Answer post(String path, Resource resource) {
    return send("POST", path, json(resource), "application/fhir+json");
  }

  Answer put(String path, Resource resource) {
    return send("PUT", path, json(resource), "application/fhir+json");
  }

  Answer patch(String path, String jsonPatch) {
    return send("PATCH", path, jsonPatch, "application/json-patch+json");
  }

  Answer search(String path, String form) {
    return send("POST", path + "/_search", form, "application/x-www-form-urlencoded");
  }

  private static String json(Resource resource) {
    return FHIR.newJsonParser().encodeResourceToString(resource);
  }

  /// @param path below the FHIR base, or an absolute URL
  /// @param headers name and value in turn
  Answer send(
      String method,
      String path,
      @Nullable String body,
      @Nullable String contentType,
      String... headers) {
    var url = path.startsWith("http") ? path : base + "/" + path;
    var request =
        HttpRequest.newBuilder(URI.create(url.replace("|", "%7C").replace(" ", "%20")))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
