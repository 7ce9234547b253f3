package dev.latchkey.sandbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.ReviewedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Keeps `docs/conformance.md` as the tests are. After a change: `./mvnw test -pl sandbox-ehr -am
/// -Dtest=ConformancePageTest -Dsurefire.failIfNoSpecifiedTests=false -Dlatchkey.write=true`, which
/// writes it and fails.
class ConformancePageTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/conformance.md");

  @Test
  void thePageSaysWhatTheTestsShow() throws IOException {
    var page = page(Requirement.all(ROOT.resolve("docs/requirements.csv")), Evidence.in(ROOT));
    new ReviewedFile(PAGE).shouldBe(page);
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
    return page.append(ATTESTATIONS).toString();
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

  /// What the regulator's test kit asks a person to confirm, since no test can see it from outside.
  private static final String ATTESTATIONS =
      """

      ## What a developer attests

      Certification (ONC g(10)) also asks for statements that no black-box test can make. This is what stands behind each of them here.
      A statement about a deployment is for whoever runs it to make.

      | Statement | Evidence |
      |---|---|
      | Apps for one patient and for many can register | [registering-apps.md](registering-apps.md), REG-1, REG-2 |
      | Patients allow or refuse each type of record, and categories of Condition and Observation | the consent page; CON-1, CON-2 |
      | Clinical tests can be granted (category `procedure` of Observation) | CON-2, SCO-4; `RecordCategory.PROCEDURE` |
      | Patients are told of lasting access and may refuse it | the consent page; CON-3 |
      | Refresh tokens of confidential apps last three months, and each use renews them | REF-7; [families.md](families.md) |
      | So do those of native apps that can secure them | REF-7; [native-apps.md](native-apps.md): with a key or a claimed https address |
      | A patient's revocation works within an hour | REV-3: at once, the FHIR side asks for the state of the grant |
      | The FHIR side validates tokens with the authorization server | RSV-1, RSV-10, TRS-4, INT-1 |
      | Key sets of apps are kept no longer than their Cache-Control allows | TOK-14 |
      | TLS is 1.2 or newer | DIS-15; of a deployment by `infra/verify-deployment` |
      | The documentation is public | the README and this folder, in the repository |
      | Service base URLs are published | BRD-1, BRD-2; a vendor lists its customers' |
      """;
}
