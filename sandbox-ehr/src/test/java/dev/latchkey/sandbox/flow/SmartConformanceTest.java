package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.conformance.app.Clients;
import dev.latchkey.conformance.app.Run;
import dev.latchkey.conformance.app.ScriptedEhr;
import dev.latchkey.conformance.app.ScriptedPerson;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.smart.SmartChecks;
import dev.latchkey.conformance.verdict.Verdict;
import dev.latchkey.sandbox.RunningSandbox;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The black-box checks of the module `conformance`, each as a test, over HTTP against a sandbox as
/// people run it. The sandbox offers all that they look at, so one that is not run fails too.
class SmartConformanceTest {
  private final Server server =
      new Server(
          RunningSandbox.jdbc().fhirBase(),
          new Run(
              new ScriptedPerson("dolores", "sandbox-dolores", "dolores"),
              new ScriptedEhr(
                  Optional.empty(),
                  new ScriptedPerson("gusikowski", "sandbox-gusikowski", "dolores")),
              new Clients(
                  Map.of(),
                  true,
                  "http://127.0.0.1:51004/callback",
                  "http://127.0.0.1:51004/launch"),
              Optional.empty(),
              Optional.of("mia"),
              true));

  @TestFactory
  Stream<DynamicContainer> checks() {
    return SmartChecks.groups().stream()
        .map(
            group ->
                DynamicContainer.dynamicContainer(
                    group.title(), group.checks().stream().map(this::test)));
  }

  private DynamicTest test(Check check) {
    return DynamicTest.dynamicTest(
        check.id() + " " + check.sentence(),
        () -> assertThat(check.run(server)).as(check.sentence()).isEqualTo(new Verdict.Met()));
  }
}
