package dev.latchkey.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Keeps the rooms of the sandbox apart.
@BesideOthers
class ArchitectureTest {

  private static final JavaClasses SANDBOX =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.latchkey.sandbox");

  @Test
  void theFhirSideStandsWithoutTheGatewayAndThePages() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.latchkey.sandbox.fhir..", "dev.latchkey.sandbox.access..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.latchkey.sandbox.gateway..",
            "dev.latchkey.sandbox.embedded..",
            "dev.latchkey.sandbox.portal..")
        .because("a FHIR server checks tokens the same way whoever issued and stored them")
        .check(SANDBOX);
  }

  @Test
  void theAuthorizationSideKnowsNoFhirServer() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.latchkey.sandbox.gateway..", "dev.latchkey.sandbox.embedded..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "ca.uhn.fhir..",
            "org.hl7.fhir..",
            "dev.latchkey.sandbox.fhir..",
            "dev.latchkey.sandbox.access..",
            "dev.latchkey.sandbox.portal..")
        .because("the functions must run in front of any FHIR server, so their host does too")
        .check(SANDBOX);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("dev.latchkey.sandbox.(*)..").should().beFreeOfCycles().check(SANDBOX);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Base)")
        .because("such a name fits anything, so it tells nothing")
        .check(SANDBOX);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(SANDBOX.stream().filter(type -> !isNullMarked(type)).map(JavaClass::getPackageName))
        .as("packages without a @NullMarked package-info.java; NullAway checks only what is marked")
        .isEmpty();
  }

  private static boolean isNullMarked(JavaClass type) {
    return type.getPackage().isAnnotatedWith(NullMarked.class);
  }
}
