package dev.latchkey.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.latchkey.conformance.app.Clients;
import dev.latchkey.conformance.app.NoPerson;
import dev.latchkey.conformance.app.Run;
import dev.latchkey.conformance.app.ScriptedEhr;
import dev.latchkey.conformance.app.ScriptedPerson;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Result;
import dev.latchkey.conformance.smart.SmartChecks;
import dev.latchkey.conformance.verdict.Verdict;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// No check is met whatever a server does: each fails for one of two servers at least.
class BrokenServersTest {
  private static final ScriptedPerson SOMEBODY = new ScriptedPerson("ana", "not-a-secret", "");
  private static final Clients CLIENTS =
      new Clients(
          Map.of(), true, "http://127.0.0.1:51004/callback", "http://127.0.0.1:51004/launch");

  @Test
  void eachCheckFailsForAServerThatIsCarelessOrSloppy() throws IOException, JOSEException {
    var never = new LinkedHashSet<String>();
    SmartChecks.groups().forEach(group -> group.checks().forEach(one -> never.add(name(one))));
    never.removeAll(unmet(new CarelessServer()));
    never.removeAll(unmet(new SloppyServer()));

    // Without a configuration there is nothing else to look at; ConformanceTest has that case.
    assertThat(never)
        .containsExactly("DIS-1 smart-configuration is at the FHIR base, without a token");
  }

  @Test
  void withoutAPersonNothingThatNeedsOneIsMet() throws IOException, JOSEException {
    try (var broken = new CarelessServer()) {
      var nobody = new NoPerson();
      var run = new Run(nobody, nobody, CLIENTS, Optional.empty(), Optional.of("mia"), true);
      var notRun =
          SmartChecks.run(new Server(broken.fhirBase(), run))
              .filter(result -> result.verdict() instanceof Verdict.NotRun)
              .map(result -> result.check().id())
              .toList();

      assertThat(notRun)
          .contains("TRS-1", "TRS-3", "LCH-1", "LCH-5", "CON-1", "CON-2", "RSV-5", "OID-1", "REF-3")
          .doesNotContain("DIS-1", "AUZ-8", "TOK-4", "TOK-9", "BKS-2", "BKS-4", "BRD-1");
    }
  }

  private static Set<String> unmet(BrokenServer broken) {
    try (broken) {
      var run =
          new Run(
              SOMEBODY,
              new ScriptedEhr(Optional.empty(), SOMEBODY),
              CLIENTS,
              Optional.empty(),
              Optional.of("mia"),
              true);
      return SmartChecks.run(new Server(broken.fhirBase(), run))
          .filter(Result::isFailure)
          .map(result -> name(result.check()))
          .collect(Collectors.toSet());
    }
  }

  private static String name(Check check) {
    return check.id() + " " + check.sentence();
  }
}
