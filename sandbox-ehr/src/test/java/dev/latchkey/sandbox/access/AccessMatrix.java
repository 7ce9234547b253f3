package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.sandbox.access.Expected.Fault;
import dev.latchkey.sandbox.access.Expected.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Asks every case and keeps what was answered otherwise than it must be.
final class AccessMatrix {
  private final StoredRecords stored;
  private final PageLinks pages;

  AccessMatrix(StoredRecords stored, PageLinks pages) {
    this.stored = stored;
    this.pages = pages;
  }

  /// One row: every path to one type.
  record Row(Subject subject, String type, ScopeForm form) {
    /// What is asked in every build: each type for each kind of token (`patient/`, `user/`,
    /// `system/`, none), and for `patient/` also each form that is unlike the others. The other
    /// kinds have these forms on one type whose entries have a category, for every subject.
    boolean isOfEveryBuild() {
      return switch (subject) {
        case ANA -> !form.isLikeAnother();
        case BEA -> is("*.read");
        case PROXY -> is("Type.cruds");
        case ANA_AS_USER, PARENT -> is("Type.cruds") && isOneForAll();
        case DOCTOR -> is("Type.rs") || isUnlikeOnOneType();
        case DOCTOR_OF_BOTH -> isUnlikeOnOneType();
        case SERVICE -> is("Type.rs") || isUnlikeOnOneType();
        case NOBODY -> true;
      };
    }

    private boolean is(String name) {
      return form.name().equals(name);
    }

    private boolean isUnlikeOnOneType() {
      return isOneForAll() && (!form.isLikeAnother() || form.isOfOneLetter());
    }

    private boolean isOneForAll() {
      return type.equals("DocumentReference");
    }
  }

  /// One answer that is wrong.
  record Finding(Fault fault, Row row, String path, AccessCase asked, Seen seen) {
    @Override
    public String toString() {
      return "%s: %s with %s, %s: %s %s must be %s and is %s"
          .formatted(
              fault,
              row.subject,
              row.form.scopes(),
              path,
              asked.method(),
              asked.url(),
              asked.expected(),
              seen);
    }
  }

  /// What came of some rows.
  record Result(int cases, List<Finding> findings) {
    long count(Fault fault) {
      return findings.stream().filter(one -> one.fault == fault).count();
    }

    Result and(Result other) {
      return new Result(
          cases + other.cases, Stream.concat(findings.stream(), other.findings.stream()).toList());
    }

    @Override
    public String toString() {
      return "%d cases: %d leaks, %d false denials, %d other refusals"
          .formatted(
              cases, count(Fault.LEAK), count(Fault.FALSE_DENIAL), count(Fault.OTHER_REFUSAL));
    }
  }

  /// All rows.
  static Stream<Row> rows() {
    return Stream.of(Subject.values())
        .flatMap(
            subject ->
                StoredRecords.types().stream()
                    .flatMap(
                        type ->
                            subject.forms(type).stream()
                                .map(form -> new Row(subject, type, form))));
  }

  /// Asks with the row's own tokens.
  Result run(Row row) {
    return run(row, row.subject, row.form);
  }

  /// Asks with the tokens of someone else, as a server would answer that takes one for the other,
  /// or with other scopes than those that must count.
  Result run(Row row, Subject asker, ScopeForm asked) {
    var cases = AccessCases.of(stored, pages, row.subject, row.type, row.form);
    var plain = asker.calls(asked.scopes());
    var wide = asker.calls(asker.widened(asked).scopes());
    var findings = new ArrayList<Finding>();
    for (var one : cases) {
      var answer =
          (one.wide() ? wide : plain).send(one.method(), one.url(), one.body(), one.contentType());
      judge(row, one.path(), one, seen(answer.status(), answer.body()), findings);
    }
    var entries = cases.stream().filter(AccessCase::isEntry).toList();
    runBatch(row, plain, entries, findings);
    return new Result(cases.size() + entries.size(), findings);
  }

  private static void judge(
      Row row, String path, AccessCase asked, Seen seen, List<Finding> findings) {
    asked
        .expected()
        .fault(seen)
        .ifPresent(fault -> findings.add(new Finding(fault, row, path, asked, seen)));
  }

  /// The same questions once more, as entries of one batch.
  private static void runBatch(
      Row row, FhirCalls calls, List<AccessCase> entries, List<Finding> findings) {
    var requests =
        entries.stream()
            .map(one -> "{\"request\":{\"method\":\"GET\",\"url\":\"%s\"}}".formatted(one.url()))
            .collect(
                joining(",", "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[", "]}"));
    var answer = calls.send("POST", "", requests, "application/fhir+json");
    var answers = StoredRecords.tree(answer.body()).path("entry");
    for (int i = 0; i < entries.size(); i++) {
      // A batch that is refused as a whole is an answer to each of its entries.
      var seen =
          answer.status() == 200
              ? seen(answers.path(i))
              : new Seen(answer.status(), Set.of(), OptionalInt.empty());
      judge(row, "batch", entries.get(i), seen, findings);
    }
  }

  private static Seen seen(JsonNode entry) {
    var status = entry.path("response").path("status").asText("0").split(" ", 2)[0];
    return seen(Integer.parseInt(status), entry.path("resource"));
  }

  private static Seen seen(int status, String body) {
    return seen(status, body.isEmpty() ? StoredRecords.tree("{}") : StoredRecords.tree(body));
  }

  private static Seen seen(int status, JsonNode body) {
    var resources =
        body.path("resourceType").asText().equals("Bundle")
            ? StreamSupport.stream(body.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
            : Stream.of(body);
    var shown =
        resources
            .filter(one -> one.has("id"))
            .map(one -> one.path("resourceType").asText() + "/" + one.path("id").asText())
            .collect(toCollection(TreeSet::new));
    var total = body.path("total");
    return new Seen(
        status, shown, total.isInt() ? OptionalInt.of(total.asInt()) : OptionalInt.empty());
  }
}
