package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.MutableClock;
import dev.latchkey.http.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the function tells a sign-in page that says something wrong, by its Lambda event.
class SignInPageFunctionTest {
  private static final OwnPageDeployment at = OwnPageDeployment.start();
  private static final long NOW = MutableClock.START.getEpochSecond();

  /// @param value null for none
  record Said(String member, @Nullable Object value) {}

  static Stream<Said> wrong() {
    return Stream.of(
        said("sub", ""),
        said("sub", " "),
        said("sub", "a".repeat(256)),
        said("sub", 4711),
        said("sub", null),
        said("auth_time", null),
        said("auth_time", "now"),
        said("auth_time", 0),
        said("auth_time", -1),
        said("auth_time", 1.5),
        said("auth_time", NOW + 61),
        said("auth_time", NOW * 1000),
        said("name", 7),
        said("name", "a".repeat(256)),
        said("birthdate", "2 April 1988"),
        said("birthdate", 1988),
        said("fhirUser", "ana"),
        said("fhirUser", "Device/1"),
        said("fhirUser", "https://another.example/Patient/ana"),
        said("fhirUser", List.of("Patient/ana")),
        said("fhirUser", ""),
        said("patients", "ben"),
        said("patients", Map.of("id", "ben")),
        said("patients", List.of("a b")),
        said("patients", List.of("ben", 7)),
        said("patients", List.of("Practitioner/6")),
        said("patients", List.of(Map.of("name", "Ben"))),
        said("patients", List.of(Map.of("id", "ben", "name", 7))),
        said("patients", List.of(Map.of("id", "ben", "name", "a".repeat(256)))),
        said("patients", List.of(Map.of("id", "ben", "birthDate", "tomorrow"))),
        said("patients", List.of(Map.of("id", "ben", "born", "2018"))),
        said("patients", Collections.nCopies(21, "ben")),
        said("acr", 3),
        said("acr", ""),
        said("acr", "a".repeat(201)),
        said("amr", "pwd"),
        said("amr", List.of(7)),
        said("amr", List.of("a".repeat(51))),
        said("amr", Collections.nCopies(11, "pwd")));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongIsNamedAndTheHandleIsStillGood(Said said) {
    var handle = handle();

    var refused = at.accept(handle, at.ana(said.member(), said.value()));

    assertRefused(refused, "In user, " + said.member() + " has to ");
    at.accepted(handle, at.ana());
  }

  @Test
  void aMemberThatNobodyKnowsIsNotPassedOver() {
    var refused = at.accept(handle(), at.ana("patient", "ben"));

    assertRefused(refused, "only these members are known: acr, amr, auth_time, birthdate, ");
  }

  static Stream<Said> right() {
    return Stream.of(
        said("sub", "a".repeat(255)),
        said("auth_time", NOW + 60),
        said("auth_time", 1),
        said("name", "a".repeat(255)),
        said("birthdate", "1988"),
        said("fhirUser", "https://latchkey.example/fhir/Practitioner/6"),
        said("patients", List.of()),
        said("patients", Collections.nCopies(20, "ben")),
        said("patients", List.of("Patient/ben", Map.of("id", "eva", "relationship", "your child"))),
        said("acr", "a".repeat(200)),
        said("amr", Collections.nCopies(10, "a".repeat(50))));
  }

  @ParameterizedTest
  @MethodSource("right")
  void whatIsOnlyUnusualIsTaken(Said said) {
    at.accepted(handle(), at.ana(said.member(), said.value()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{} {}",
        "{\"command\":\"show\",\"command\":\"show\"}",
        "\u0000"
      })
  void whatIsNoJsonObjectIsNoMessage(String text) {
    assertRefused(Invocation.of(new SignInPageFunction(at.wiring()), text), "Send one JSON object");
  }

  @Test
  void aMessageThatIsTooLargeIsNotRead() {
    var handle = handle();
    var large = at.accept(handle, at.ana("name", "a".repeat(65_536)));
    assertRefused(large, "longer than 64 kB");

    var deep = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      deep.add("[");
    }
    var text = "{\"command\":" + String.join("", deep);
    assertRefused(Invocation.of(new SignInPageFunction(at.wiring()), text), "Send one JSON object");
    at.accepted(handle, at.ana());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SHOW", "finish"})
  void anUnknownCommandIsNone(String command) {
    assertRefused(at.page(Map.of("command", command)), "command has to be show, accept or reject");
    assertRefused(at.page(Map.of("handle", handle())), "command has to be");
  }

  @Test
  void aCommandNeedsItsMembers() {
    assertRefused(at.page(Map.of("command", "show")), "handle has to be");
    assertRefused(at.page(Map.of("command", "show", "handle", 7)), "handle has to be");
    assertRefused(
        at.page(Map.of("command", "show", "handle", "a".repeat(101))), "handle has to be");
    var handle = handle();
    assertRefused(
        at.page(Map.of("command", "accept", "handle", handle)), "user has to be an object");
    assertRefused(
        at.page(Map.of("command", "accept", "handle", handle, "user", "ana")),
        "user has to be an object");
    at.accepted(handle, at.ana());
  }

  @Test
  void theLogSaysWhatHappenedAndNothingOfWhoSignedIn() {
    var handle = handle();
    var accepted = at.accept(handle, at.ana());

    assertThat(accepted.log())
        .singleElement()
        .isEqualTo(Json.write(Map.of("event", "sign_in_page", "error", "none")))
        .asString()
        .doesNotContain("ana", "Ana", "4711", handle);
  }

  private static String handle() {
    var browser = at.browser();
    return at.leave(browser, browser.arrive(PortalDeployment.SCOPE));
  }

  private static Said said(String member, @Nullable Object value) {
    return new Said(member, value);
  }

  private static void assertRefused(Invocation answer, String description) {
    assertThat(answer.answer()).containsEntry("error", "invalid_request");
    assertThat(answer.answer().get("error_description")).asString().contains(description);
    assertThat(answer.log()).singleElement().asString().contains("invalid_request");
  }
}
