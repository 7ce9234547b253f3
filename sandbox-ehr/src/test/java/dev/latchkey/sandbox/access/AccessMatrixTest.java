package dev.latchkey.sandbox.access;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import dev.latchkey.sandbox.access.AccessMatrix.Result;
import dev.latchkey.sandbox.access.AccessMatrix.Row;
import dev.latchkey.sandbox.access.Expected.Fault;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who can get at what, computed for all of it: two patients, those who act for them, their
/// doctors, a backend service and nobody; every served type; every way to write a scope; every way
/// to a resource. What must come back is told by [StoredRecords] and [ScopeForm], which share no
/// code with the gates. `-Psoak` asks all of it. Usual builds ask every path to every type for
/// every kind of token, and leave out the rest: see [AccessMatrix.Row#isOfEveryBuild].
@TestInstance(Lifecycle.PER_CLASS)
class AccessMatrixTest {
  private static final boolean WHOLE = Boolean.getBoolean("latchkey.soak");

  private final DaoRegistry daos = GuardedFhir.running().bean(DaoRegistry.class);
  private final TwoRecords records = new TwoRecords(daos);
  private StoredRecords stored = StoredRecords.read(daos, Set.of());
  private AccessMatrix matrix = new AccessMatrix(stored, new PageLinks());

  @BeforeAll
  void prepare() {
    records.add();
    stored = StoredRecords.read(daos);
    matrix = new AccessMatrix(stored, PageLinks.ofEverySearch());
  }

  @AfterAll
  void restore() {
    records.remove();
  }

  @Test
  void rsv3_rsv4_rsv6_everyCaseIsAnsweredAsItMustBe() {
    var result =
        AccessMatrix.rows()
            .filter(row -> WHOLE || row.isOfEveryBuild())
            .parallel()
            .map(matrix::run)
            .reduce(new Result(0, List.of()), Result::and);
    System.out.println(
        "Access matrix, %s, %s".formatted(WHOLE ? "the whole" : "the part of every build", result));
    assertThat(result.findings()).isEmpty();
    assertThat(StoredRecords.read(daos).versions()).isEqualTo(stored.versions());
  }

  @Test
  void coversEveryServedType() {
    var statement = (CapabilityStatement) GuardedFhir.withoutToken().get("metadata").resource();
    var served =
        statement.getRestFirstRep().getResource().stream()
            .map(resource -> resource.getType())
            // Files of exports, which belong to the client that asked for them: ExportAccessTest.
            .filter(type -> !type.equals("Binary"))
            // Grows with every request of the matrix: AuditAccessTest.
            .filter(type -> !type.equals("AuditEvent"))
            .collect(toSet());
    assertThat(StoredRecords.types()).containsExactlyInAnyOrderElementsOf(served);
  }

  @Test
  void aServerThatTakesOnePatientForTheOtherWouldBeCaught() {
    var row = row(Subject.ANA, "Observation", "Type.rs");
    var result = matrix.run(row, Subject.BEA, row.form());
    assertThat(result.count(Fault.LEAK)).isPositive();
    assertThat(result.count(Fault.FALSE_DENIAL)).isPositive();
  }

  @Test
  void aServerThatAsksForNoTokenWouldBeCaught() {
    var form = row(Subject.ANA, "Observation", "Type.rs").form();
    var result = matrix.run(new Row(Subject.NOBODY, "Observation", form), Subject.ANA, form);
    assertThat(result.count(Fault.LEAK)).isPositive();
  }

  @Test
  void aServerThatRefusesEverythingWouldBeCaught() {
    var row = row(Subject.ANA, "Observation", "Type.rs");
    var result = matrix.run(row, Subject.NOBODY, row.form());
    assertThat(result.count(Fault.LEAK)).isZero();
    assertThat(result.count(Fault.FALSE_DENIAL)).isPositive();
  }

  /// Each hole is a server that answers a row as it must answer another one.
  @ParameterizedTest
  @CsvSource({
    "a doctor reaches everybody, DOCTOR, Goal, Type.rs, DOCTOR_OF_BOTH, Type.rs",
    "a doctor is shown what is restricted, DOCTOR, Goal, Type.rs, BEA, Type.rs",
    "a parent is taken for a child, PARENT, Goal, Type.cruds, BEA, Type.cruds",
    "user scopes open what services reach, DOCTOR, Goal, Type.rs, SERVICE, Type.rs",
    "a group is opened to a user, DOCTOR, Group, Type.rs, SERVICE, Type.rs",
    "scopes of each kind count, DOCTOR, Goal, of the wrong kind, DOCTOR, Type.cruds",
    "a type counts for another, SERVICE, Goal, of another type, SERVICE, Type.rs",
    "to search is to read, SERVICE, Goal, Type.s, SERVICE, Type.rs",
    "to read is to search, SERVICE, Goal, *.r, SERVICE, *.read",
    "a filter is forgotten, SERVICE, DocumentReference, Type.rs?category=clinical-note, SERVICE,"
        + " Type.rs",
    "a filter is forgotten, DOCTOR, DocumentReference, Type.s?category=clinical-note, DOCTOR,"
        + " Type.s",
  })
  void aHoleInUserAndSystemScopesWouldBeCaught(
      String hole, Subject subject, String type, String form, Subject other, String otherForm) {
    var result = matrix.run(row(subject, type, form), other, row(other, type, otherForm).form());
    assertThat(result.count(Fault.LEAK)).as(hole).isPositive();
  }

  private static Row row(Subject subject, String type, String form) {
    return AccessMatrix.rows()
        .filter(row -> row.subject() == subject && row.type().equals(type))
        .filter(row -> row.form().name().equals(form))
        .findFirst()
        .orElseThrow();
  }
}
