package dev.latchkey.conformance.app;

import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A job of a backend service that exports patients (FHIR Bulk Data Access 2.0).
///
/// @param started the answer to its start
/// @param finished the answer when it was done
/// @param accessToken of the service
public record Export(Answer started, Answer finished, String accessToken) {
  /// What is exported.
  public static final String TYPE = "Patient";

  private static final Duration MOST = Duration.ofMinutes(5);
  private static final String START =
      "/$export?_type="
          + TYPE
          + "&_since=2000-01-01T00:00:00Z&_outputFormat=application%2Ffhir%2Bndjson";

  /// A file of the job.
  public record File(String type, URI url) {}

  /// Asks for a job.
  public static Answer start(Server server, Map<String, String> headers)
      throws Unmet, NotApplicable {
    var all = new HashMap<>(headers);
    all.put("Accept", "application/fhir+json");
    all.put("Prefer", "respond-async");
    return server.http().get(server.fhirApi(START), all);
  }

  /// Starts a job and waits for its end.
  static Export run(Server server) throws Unmet, NotApplicable {
    var _ = server.fhirApi(START);
    var token = ServiceToken.of(server, "system/*.rs").accessToken();
    var started = start(server, Map.of("Authorization", "Bearer " + token));
    if (started.status() == 404 || started.status() == 501) {
      throw new NotApplicable("the server exports nothing");
    }
    var job = URI.create(started.with(202).header("content-location").orElse(""));
    Unmet.unless(job.isAbsolute(), "Content-Location is " + job);
    var end = Instant.now().plus(MOST);
    while (Instant.now().isBefore(end)) {
      var status = at(server, job, token);
      if (status.with(200, 202, 429).status() == 200) {
        return new Export(started, status, token);
      }
      pause();
    }
    throw new Unmet("The export is not finished after " + MOST);
  }

  private static void pause() throws Unmet {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unmet("interrupted");
    }
  }

  /// Reads the job, or one of its files.
  public static Answer at(Server server, URI address, String accessToken) throws Unmet {
    return server
        .http()
        .get(address, Map.of("Authorization", "Bearer " + accessToken, "Accept", "*/*"));
  }

  /// Address of the job.
  public URI job() {
    return URI.create(started.header("content-location").orElse(""));
  }

  public boolean needsToken() throws Unmet {
    return Boolean.TRUE.equals(finished.json().get("requiresAccessToken"));
  }

  public List<File> files() throws Unmet {
    var files = new ArrayList<File>();
    if (finished.json().get("output") instanceof List<?> output) {
      for (var file : output) {
        if (file instanceof Map<?, ?> members) {
          files.add(
              new File(
                  String.valueOf(members.get("type")),
                  URI.create(String.valueOf(members.get("url")))));
        }
      }
    }
    return files;
  }

  @Override
  public String toString() {
    return "Export[" + job() + "]";
  }
}
