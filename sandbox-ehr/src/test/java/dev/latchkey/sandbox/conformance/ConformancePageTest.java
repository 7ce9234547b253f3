package dev.latchkey.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Keeps `docs/conformance.md` as the tests are. After a change: `./mvnw test -pl sandbox-ehr -am
/// -Dtest=ConformancePageTest -Dsurefire.failIfNoSpecifiedTests=false -Dlatchkey.write=true`.
class ConformancePageTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/conformance.md");

  @Test
  void thePageSaysWhatTheTestsShow() throws IOException {
    var page = page(Requirement.all(ROOT.resolve("docs/requirements.csv")), Evidence.in(ROOT));
    if (Boolean.getBoolean("latchkey.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void aTestNamesNoRequirementThatIsNotInTheList() throws IOException {
    var known =
        Requirement.all(ROOT.resolve("docs/requirements.csv")).stream()
            .map(Requirement::id)
            .toList();
    assertThat(known).doesNotHaveDuplicates().containsAll(Evidence.in(ROOT).ids());
  }

  private static String page(List<Requirement> requirements, Evidence evidence) {
    var page = new StringBuilder(HEAD);
    requirements.forEach(
        requirement ->
            page.append(
                "| %s | %s | %s | %s |%n"
                    .formatted(
                        requirement.id(),
                        requirement.level(),
                        requirement.sentence(),
                        shownBy(requirement, evidence.of(requirement.id())))));
    return page.toString();
  }

  private static String shownBy(Requirement requirement, List<String> tests) {
    if (!tests.isEmpty()) {
      return String.join(", ", tests);
    }
    return requirement.gap().isEmpty() ? "**open**" : requirement.gap();
  }

  private static final String HEAD =
      """
      # What SMART on FHIR asks for, and what shows that Latchkey does it

      The build writes this page from `docs/requirements.csv` and from the names of the tests, and fails when they differ.
      A test that is listed here passed, or the build would have failed. A *conformance check* runs against any server:
      `java -jar conformance/target/latchkey-conformance.jar check <fhirBase>`. **open** means that no test carries the id yet.

      Levels: M must, S should, R United States certification (ONC g(10)), D our decision where the specification is silent, O optional.

      | Id | Level | Requirement | Shown by |
      |---|---|---|---|
      """;
}
