package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.sandbox.access.FhirCalls.Answer;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.hl7.fhir.r4.model.Resource;

/// Exports as a backend service makes them, from the request to what is in the files.
final class Exports {
  private static final Duration MOST = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(250);

  static final FhirCalls SERVICE = GuardedFhir.asService("system/*.rs");

  private Exports() {}

  static Answer start(FhirCalls client, String export) {
    return client.send("GET", export, null, null, "Prefer", "respond-async");
  }

  /// The address of the job.
  static String started(FhirCalls client, String export) {
    var answer = start(client, export);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.header("content-location");
  }

  /// Its manifest, once it has ended.
  static Map<String, Object> finished(String job) throws ParseException {
    var deadline = System.nanoTime() + MOST.toNanos();
    var answer = SERVICE.get(job);
    while (answer.status() == 202 && System.nanoTime() < deadline) {
      assertThat(answer.header("retry-after")).isEqualTo("2");
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = SERVICE.get(job);
    }
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSONObjectUtils.parse(answer.body());
  }

  private static List<Map<String, Object>> output(Map<String, Object> manifest) {
    try {
      return List.of(
          Optional.ofNullable(JSONObjectUtils.getJSONObjectArray(manifest, "output"))
              .orElseThrow());
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> types(Map<String, Object> manifest) {
    return output(manifest).stream().map(file -> (String) file.get("type")).toList();
  }

  static List<String> urls(Map<String, Object> manifest, String type) {
    return output(manifest).stream()
        .filter(file -> type.equals(file.get("type")))
        .map(file -> (String) file.get("url"))
        .toList();
  }

  /// Ids of all resources in the files of this type, as `Type/id`.
  static List<String> exported(Map<String, Object> manifest, String type) {
    return urls(manifest, type).stream()
        .flatMap(url -> Arrays.stream(SERVICE.get(url).body().split("\n", -1)))
        .filter(line -> !line.isBlank())
        .map(line -> (Resource) FhirCalls.FHIR.newJsonParser().parseResource(line))
        .map(resource -> resource.getIdElement().toUnqualifiedVersionless().getValue())
        .toList();
  }
}
