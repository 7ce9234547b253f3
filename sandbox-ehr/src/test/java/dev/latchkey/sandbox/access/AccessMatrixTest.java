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

/// Who can get at what, computed for all of it: two patients, a backend service and nobody; every
/// served type; every way to write a scope; every way to a resource. What must come back is told by
/// [StoredRecords] and [ScopeForm], which share no code with the gates. Usual builds leave out the
/// rows that repeat another one in other words; `-Psoak` asks them too.
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
            .filter(row -> WHOLE || row.isUnlikeAnyOther())
            .parallel()
            .map(matrix::run)
            .reduce(new Result(0, List.of()), Result::and);
    System.out.println("Access matrix, " + result);
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
            // About many patients at once, for services only: SystemAccessTest, ExportAccessTest.
            .filter(type -> !type.equals("Group"))
            // Grows with every request of the matrix: AuditAccessTest.
            .filter(type -> !type.equals("AuditEvent"))
            .collect(toSet());
    assertThat(StoredRecords.types()).containsExactlyInAnyOrderElementsOf(served);
  }

  @Test
  void aServerThatTakesOnePatientForTheOtherWouldBeCaught() {
    var result = matrix.run(observations("Type.rs"), Subject.BEA);
    assertThat(result.count(Fault.LEAK)).isPositive();
    assertThat(result.count(Fault.FALSE_DENIAL)).isPositive();
  }

  @Test
  void aServerThatAsksForNoTokenWouldBeCaught() {
    var row = new Row(Subject.NOBODY, "Observation", observations("Type.rs").form());
    var result = matrix.run(row, Subject.ANA);
    assertThat(result.count(Fault.LEAK)).isPositive();
  }

  @Test
  void aServerThatRefusesEverythingWouldBeCaught() {
    var result = matrix.run(observations("Type.rs"), Subject.NOBODY);
    assertThat(result.count(Fault.LEAK)).isZero();
    assertThat(result.count(Fault.FALSE_DENIAL)).isPositive();
  }

  private static Row observations(String form) {
    return AccessMatrix.rows()
        .filter(
            row ->
                row.subject() == Subject.ANA
                    && row.type().equals("Observation")
                    && row.form().name().equals(form))
        .findFirst()
        .orElseThrow();
  }
}
