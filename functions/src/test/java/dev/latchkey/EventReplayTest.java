package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.events.EventCase;
import dev.latchkey.events.Replay;
import dev.latchkey.events.TemplateFunctions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every event of the folder `events` is answered as its expected file says, by the function that
/// `template.yaml` names for it, over DynamoDB Local.
class EventReplayTest {
  private static final TemplateFunctions FUNCTIONS = TemplateFunctions.read();

  /// Functions that make a key when they are the first to need it, and an event that needs it.
  private static final Map<String, String> FIRST_OF_A_DEPLOYMENT =
      Map.of(
          "operator", "operator/create-client",
          "token", "token/code-exchange-of-a-public-app",
          "register", "register/web-app-with-an-initial-access-token");

  @TestFactory
  Stream<DynamicTest> isAnsweredAsExpected() {
    return EventCase.all().stream()
        .map(
            event ->
                DynamicTest.dynamicTest(
                    event.toString(),
                    () ->
                        assertThat(Replay.of(event).differences()).as(event.toString()).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> isAnEventThatTheTemplateRoutesToThisFunction() {
    return EventCase.all().stream()
        .map(
            event ->
                DynamicTest.dynamicTest(
                    event.toString(),
                    () -> assertThat(FUNCTIONS.problems(event)).as(event.toString()).isEmpty()));
  }

  @Test
  void noFileIsUnusedAndNoneIsMissing() {
    var used = new ArrayList<Path>();
    for (var event : EventCase.all()) {
      used.add(event.eventFile());
      used.add(event.expectedFile());
    }
    assertThat(EventCase.files()).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void everyRouteOfTheTemplateHasAnEvent() {
    var covered = new TreeSet<String>();
    EventCase.all().stream()
        .filter(event -> event.event().containsKey("routeKey"))
        .filter(event -> !TemplateFunctions.isForAnAuthorizer(event.event()))
        .forEach(event -> covered.add((String) event.event().get("routeKey")));
    assertThat(covered).containsExactlyElementsOf(FUNCTIONS.routeKeys());
  }

  /// A function without a route would be forgotten by the test above.
  @Test
  void everyFunctionOfTheTemplateHasAnEvent() {
    assertThat(EventCase.all()).extracting(EventCase::function).containsAll(FUNCTIONS.names());
  }

  /// Lambda makes the handler by its constructor without parameters, and reports one that has none
  /// only at the first request.
  @TestFactory
  Stream<DynamicTest> canBeMadeByLambda() {
    return FUNCTIONS.names().stream()
        .map(
            function ->
                DynamicTest.dynamicTest(
                    function,
                    () ->
                        assertThat(
                                Class.forName(FUNCTIONS.handlerClass(function))
                                    .asSubclass(RequestStreamHandler.class)
                                    .getConstructors())
                            .anyMatch(constructor -> constructor.getParameterCount() == 0)));
  }

  @Test
  void noLogLineHoldsAnythingThatTheEventCarried() {
    for (var event : EventCase.all()) {
      assertThat(Replay.of(event).log())
          .as(event.toString())
          .allSatisfy(line -> assertThat(line).doesNotContain("not-a-secret", "rt1_", "of-ana"));
    }
  }

  /// A cleaned up item, or a faster request, is no fault of the server.
  @TestFactory
  Stream<DynamicTest> answersWhenAnItemGoesWhileItIsUsed() {
    return EventCase.all().stream()
        .filter(event -> Replay.of(event).changesItems())
        .map(
            event ->
                DynamicTest.dynamicTest(
                    event.toString(),
                    () ->
                        assertThat(Replay.withItemsLost(event).differences())
                            .noneMatch(
                                line -> line.matches("answer.statusCode: .* got (null|5..)"))));
  }

  /// Least privilege, both ways: a call that the role does not allow would fail on AWS, and an
  /// action that no event needs has no business in the role.
  @TestFactory
  Stream<DynamicTest> theRoleAllowsWhatTheFunctionCallsAndNothingElse() {
    return FUNCTIONS.names().stream()
        .map(
            function ->
                DynamicTest.dynamicTest(
                    function,
                    () ->
                        assertThat(calls(function))
                            .as(function)
                            .containsExactlyElementsOf(FUNCTIONS.allowed(function))));
  }

  /// The same in a stack with window keys, for those that policies of their own give more rights.
  @TestFactory
  Stream<DynamicTest> withWindowKeysItAllowsWhatTheFunctionCallsMoreAndNothingElse() {
    return FUNCTIONS.names().stream()
        .filter(function -> !FUNCTIONS.allowedWithWindowKeys(function).isEmpty())
        .map(
            function ->
                DynamicTest.dynamicTest(
                    function,
                    () -> {
                      var allowed = new TreeSet<>(FUNCTIONS.allowed(function));
                      allowed.addAll(FUNCTIONS.allowedWithWindowKeys(function));
                      var calls = new TreeSet<>(calls(function));
                      EventCase.all().stream()
                          .filter(event -> event.function().equals(function))
                          .forEach(event -> calls.addAll(Replay.withWindowKeys(event).calls()));
                      assertThat(calls).as(function).containsExactlyElementsOf(allowed);
                    }));
  }

  private static Set<String> calls(String function) {
    var calls = new TreeSet<String>();
    EventCase.all().stream()
        .filter(event -> event.function().equals(function))
        .forEach(
            event -> {
              calls.addAll(Replay.of(event).calls());
              if (Replay.of(event).changesItems()) {
                calls.addAll(Replay.withItemsLost(event).calls());
              }
            });
    Optional.ofNullable(FIRST_OF_A_DEPLOYMENT.get(function))
        .ifPresent(name -> calls.addAll(Replay.asFirstOfADeployment(name).calls()));
    return calls;
  }
}
