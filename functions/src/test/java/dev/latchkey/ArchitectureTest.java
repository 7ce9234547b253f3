package dev.latchkey;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Keeps the rooms of the functions apart. A failure names the class, the line and the reason.
class ArchitectureTest {

  private static final JavaClasses FUNCTIONS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.latchkey");

  private static final String[] PROTOCOL = {
    "dev.latchkey.account..",
    "dev.latchkey.apps..",
    "dev.latchkey.logout..",
    "dev.latchkey.authorize..",
    "dev.latchkey.client..",
    "dev.latchkey.dpop..",
    "dev.latchkey.family..",
    "dev.latchkey.grant..",
    "dev.latchkey.interaction..",
    "dev.latchkey.jwks..",
    "dev.latchkey.launch..",
    "dev.latchkey.limit..",
    "dev.latchkey.operator..",
    "dev.latchkey.policy..",
    "dev.latchkey.portal..",
    "dev.latchkey.registration..",
    "dev.latchkey.replay..",
    "dev.latchkey.resource..",
    "dev.latchkey.scope..",
    "dev.latchkey.secret..",
    "dev.latchkey.signing..",
    "dev.latchkey.token.."
  };

  @Test
  void protocolKnowsNoCloudNoMapperNoFrameworkNoLog() {
    noClasses()
        .that()
        .resideInAnyPackage(PROTOCOL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "software.amazon..",
            "com.amazonaws..",
            "com.fasterxml..",
            "org.springframework..",
            "org.slf4j..",
            "java.util.logging..",
            "dev.latchkey.aws..",
            "dev.latchkey.endpoint..",
            "dev.latchkey.wiring..")
        .because("the protocol must read the same on every store, cloud and log")
        .check(FUNCTIONS);
  }

  @Test
  void onlyTheAwsRoomAndWiringSeeTheSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.latchkey.aws..", "dev.latchkey.wiring..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .because("everything else talks to ports, which also run on JDBC")
        .check(FUNCTIONS);
  }

  @Test
  void noSpringInTheFunctions() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "jakarta..")
        .because("every start of a function would pay for it")
        .check(FUNCTIONS);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("dev.latchkey.(*)..").should().beFreeOfCycles().check(FUNCTIONS);
  }

  @Test
  void onlyWiringReadsTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.latchkey.wiring..")
        .should()
        .callMethodWhere(targetIs(System.class, Set.of("getenv", "getProperty", "getProperties")))
        .because("settings come in through constructors, so a test can see what a class depends on")
        .check(FUNCTIONS);
  }

  @Test
  void onlyWiringPicksTheClock() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.latchkey.wiring..")
        .should()
        .callMethodWhere(
            targetIs(System.class, Set.of("currentTimeMillis", "nanoTime"))
                .or(targetIs(Clock.class, Set.of("systemUTC", "systemDefaultZone", "system")))
                .or(targetIs(InstantSource.class, Set.of("system")))
                .or(readsTheSystemClock()))
        .because("times come from an injected InstantSource")
        .check(FUNCTIONS);
  }

  @Test
  void nothingRandomSurvivesASnapshot() {
    fields()
        .should()
        .notHaveRawType(SecureRandom.class)
        .andShould()
        .notHaveRawType(Random.class)
        .because("SnapStart would give every copy of the function the same generator")
        .check(FUNCTIONS);
    noClasses()
        .should()
        .callCodeUnitWhere(madeInAStaticInitializer())
        .because("SnapStart would give every copy of the function the same value")
        .check(FUNCTIONS);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Base)")
        .because("such a name fits anything, so it tells nothing")
        .check(FUNCTIONS);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .resideInAPackage("dev.latchkey..")
        .should(liveInANullMarkedPackage())
        .because("NullAway checks only what is marked")
        .check(FUNCTIONS);
  }

  @Test
  void endpointsOnlyParseCallAndRender() throws IOException {
    assertThat(filesLongerThan(80, Path.of("src/main/java/dev/latchkey/endpoint")))
        .as("an endpoint parses, calls one use case and renders; decisions belong in the rooms")
        .isEmpty();
  }

  @Test
  void filesStayReadable() throws IOException {
    assertThat(filesLongerThan(300, Path.of("src/main"))).as("split it by topic").isEmpty();
    assertThat(filesLongerThan(400, Path.of("src/test")))
        .as("a list of cases may be longer; split it by topic all the same")
        .isEmpty();
  }

  private static DescribedPredicate<JavaCall<?>> targetIs(Class<?> owner, Set<String> methods) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + methods,
        call -> call.getTargetOwner().isEquivalentTo(owner) && methods.contains(call.getName()));
  }

  /// `Instant.now()` and its like; `now(clock)` takes the injected one and is fine.
  private static DescribedPredicate<JavaCall<?>> readsTheSystemClock() {
    return DescribedPredicate.describe(
        "now() without a clock",
        call ->
            call.getTargetOwner().getPackageName().equals("java.time")
                && call.getName().equals("now")
                && call.getTarget().getRawParameterTypes().isEmpty());
  }

  private static DescribedPredicate<JavaCall<?>> madeInAStaticInitializer() {
    return DescribedPredicate.describe(
        "randomness made in a static initializer",
        call ->
            call.getOrigin().getName().equals("<clinit>")
                && (call.getTargetOwner().isAssignableTo(Random.class)
                    || targetIs(UUID.class, Set.of("randomUUID")).test(call)));
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a package whose package-info says @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        var marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                type, marked, type.getPackageName() + " has no @NullMarked package-info.java"));
      }
    };
  }

  private static Set<Path> filesLongerThan(int lines, Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> lineCount(file) > lines)
          .collect(Collectors.toSet());
    }
  }

  private static long lineCount(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
