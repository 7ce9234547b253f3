package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.fhir.OpenFhir;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;

/// What the gates in front of the FHIR server cost: the same requests with and without them, in
/// turn, to one server over one store. No test: it has no limit to fail at. How to run it and what
/// it showed last is in docs/performance.md.
class EnforcementBenchmark {
  private static final int WARM_UP = Integer.getInteger("latchkey.bench.warm-up", 600);
  private static final int MEASURED = Integer.getInteger("latchkey.bench.rounds", 1_500);

  /// Only the kinds whose name holds this.
  private static final String ONLY = System.getProperty("latchkey.bench.only", "");

  private static final String PATIENT = "dolores";
  private static final String LABORATORY =
      "http://terminology.hl7.org/CodeSystem/observation-category|laboratory";
  private static final String OF_PATIENT = "patient=" + PATIENT;

  /// Tomcat ends a connection after a hundred requests, which a client can notice too late.
  private static final Map<String, String> CONNECTIONS =
      Map.of("server.tomcat.max-keep-alive-requests", "-1");

  private final RunningSandbox sandbox = RunningSandbox.of("open", OpenFhir.class, CONNECTIONS);
  private final StandingTokens tokens = new StandingTokens(sandbox);
  private final FhirCalls open = new FhirCalls(sandbox.baseUrl().resolve(OpenFhir.PATH), null);

  /// One kind of request.
  ///
  /// @param guarded with the token that the kind is about
  /// @param path by the number of the request
  private record Kind(String name, FhirCalls guarded, IntFunction<String> path) {
    private Kind(String name, FhirCalls guarded, String path) {
      this(name, guarded, _ -> path);
    }
  }

  /// How long the requests of one kind took, in nanoseconds.
  private record Times(long[] without, long[] with) {
    private Times() {
      this(new long[MEASURED], new long[MEASURED]);
    }

    private String row(String name) {
      var thirds = new double[3];
      for (int i = 0; i < thirds.length; i++) {
        thirds[i] = ratio(50, MEASURED * i / 3, MEASURED * (i + 1) / 3);
      }
      Arrays.sort(thirds);
      return "| %s | %.2f ms | %.2f ms | %.2f (%.2f to %.2f) | %.2f |"
          .formatted(
              name,
              at(without, 50, 0, MEASURED) / 1e6,
              at(with, 50, 0, MEASURED) / 1e6,
              ratio(50, 0, MEASURED),
              thirds[0],
              thirds[2],
              ratio(95, 0, MEASURED));
    }

    private double ratio(int percent, int from, int to) {
      return (double) at(with, percent, from, to) / at(without, percent, from, to);
    }

    private static long at(long[] nanos, int percent, int from, int to) {
      var sorted = Arrays.copyOfRange(nanos, from, to);
      Arrays.sort(sorted);
      return sorted[sorted.length * percent / 100];
    }
  }

  @Test
  void printsTheCostOfEnforcement() {
    var kinds = kinds().stream().filter(kind -> kind.name.contains(ONLY)).toList();
    for (var kind : kinds) {
      assertThat(shown(kind.guarded, kind)).as(kind.name).isEqualTo(shown(open, kind)).isNotEmpty();
    }
    var times = kinds.stream().map(_ -> new Times()).toList();
    for (int round = -WARM_UP; round < MEASURED; round++) {
      for (int i = 0; i < kinds.size(); i++) {
        ask(kinds.get(i), round, times.get(i));
      }
    }
    System.out.println("| request | without p50 | with p50 | ratio (of thirds) | ratio at p95 |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (int i = 0; i < kinds.size(); i++) {
      System.out.println(times.get(i).row(kinds.get(i).name));
    }
  }

  /// Both ways, the first of which changes from round to round: each comes as often after itself as
  /// after the other, so what one leaves behind to be done (the log of accesses, garbage) is no
  /// burden of the other alone.
  private void ask(Kind kind, int round, Times times) {
    var path = kind.path.apply(round + WARM_UP);
    var isGuardedFirst = round % 2 == 0;
    var first = time(isGuardedFirst ? kind.guarded : open, path);
    var second = time(isGuardedFirst ? open : kind.guarded, path);
    if (round >= 0) {
      times.with[round] = isGuardedFirst ? first : second;
      times.without[round] = isGuardedFirst ? second : first;
    }
  }

  private static long time(FhirCalls calls, String path) {
    var start = System.nanoTime();
    var answer = calls.get(path);
    var nanos = System.nanoTime() - start;
    assertThat(answer.status()).isEqualTo(200);
    return nanos;
  }

  /// The answer: of a search what it found, since its links and its id are its own.
  private static List<String> shown(FhirCalls calls, Kind kind) {
    var answer = calls.get(kind.path.apply(0));
    return answer.resource() instanceof Bundle ? answer.ids() : List.of(answer.body());
  }

  private List<Kind> kinds() {
    // A doctor does not see restricted entries (ADR 57), so the doctor's app says which there are.
    var doctor = calls(tokens.ofUser("gusikowski", "user/Observation.rs"));
    var ids = doctor.get("Observation?_count=100&" + OF_PATIENT).ids();
    IntFunction<String> observation = i -> ids.get(i % ids.size());
    var observations = ofPatient("patient/Observation.rs");
    var laboratory = ofPatient("patient/Observation.rs?category=" + LABORATORY);
    var search = "Observation?" + OF_PATIENT + "&category=" + LABORATORY;
    var measured =
        open.get("Observation?_count=100&" + OF_PATIENT + "&category=" + LABORATORY).ids();
    var visits = ofPatient("patient/Observation.rs patient/Encounter.rs");
    var service = calls(tokens.ofService("demo-backend", "system/Immunization.rs"));
    return List.of(
        new Kind("read of an own entry", observations, observation),
        new Kind("read of a version", observations, i -> observation.apply(i) + "/_history/1"),
        new Kind("read, granular scope", laboratory, i -> measured.get(i % measured.size())),
        new Kind("read, `user/` scope", doctor, observation),
        new Kind("search by type", ofPatient("patient/Condition.rs"), "Condition?" + OF_PATIENT),
        new Kind("search, granular scope", laboratory, search),
        new Kind("search, page of 50", observations, "Observation?_count=50&" + OF_PATIENT),
        new Kind(
            "search with `_include`",
            visits,
            "Observation?_include=Observation:encounter&" + OF_PATIENT),
        new Kind(
            "search with `_revinclude`",
            visits,
            "Encounter?_count=5&_revinclude=Observation:encounter&" + OF_PATIENT),
        new Kind("search, `system/` scope", service, "Immunization?" + OF_PATIENT));
  }

  private FhirCalls ofPatient(String scopes) {
    return calls(tokens.ofPatient(PATIENT, scopes));
  }

  private FhirCalls calls(String token) {
    return new FhirCalls(sandbox.fhirBase(), token);
  }
}
