package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import org.junit.jupiter.api.Test;

class DecisionRaceTest {
  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestUsers.ana());

  @Test
  void ofManyAnswersAtOnceOneDecides() throws Exception {
    var browser = new TestBrowser(local.wiring());
    var txn = browser.signIn("patient/Goal.rs", "ana", TestUsers.PASSWORD);
    var csrf = browser.open("consent", txn).inputs("csrf").getFirst();

    var answers =
        Race.of(
            i ->
                browser.post(
                    "consent",
                    txn,
                    csrf,
                    "scope",
                    "patient/Goal.rs",
                    "decision",
                    i % 2 == 0 ? "allow" : "deny"));

    assertThat(answers).filteredOn(answer -> answer.status() == 303).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 410).hasSize(Race.CALLERS - 1);
  }
}
