package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.endpoint.TestBrowser.Answer;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.interaction.RecentEncounters;
import dev.latchkey.interaction.RecordCounts;
import dev.latchkey.launch.LaunchContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Consent is remembered, the visit that an app is used for is not: it is chosen each time.
class RememberedEncounterTest extends RememberingDeployment {
  private static final String WITH_ENCOUNTER =
      "launch/patient launch/encounter offline_access patient/Encounter.rs patient/Goal.rs";

  private final RecentEncounters listed =
      (patient, _) ->
          List.of(
              new RecentEncounters.Entry(patient + "-1", "2026", "", "", ""),
              new RecentEncounters.Entry(patient + "-2", "2027", "", "", ""));
  private final TestBrowser visitor =
      new TestBrowser(wiring.withConsent(new ConsentSettings(RecordCounts.NONE, listed, true)));

  private String arrived(String... more) {
    return visitor.arrive("test-web", TestClients.WEB_REDIRECT, WITH_ENCOUNTER, more);
  }

  /// Ana lets the app come back whenever it likes.
  private void allowed(String encounter) {
    var txn = arrived();
    visitor.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    visitor.submit("encounter", txn, "encounter", encounter);
    var answer = visitor.allow(txn, visitor.open("consent", txn).ticked());
    assertThat(context(answer)).isEqualTo(LaunchContext.chosen("ana", encounter));
  }

  private String again(String encounter) {
    var txn = arrived();
    assertThat(visitor.open("sign-in", txn).path()).isEqualTo("/interaction/encounter");
    visitor.submit("encounter", txn, "encounter", encounter);
    return txn;
  }

  private LaunchContext context(Answer answer) {
    return exchange(answer, "test-web", TestClients.WEB_REDIRECT).launch();
  }

  @Test
  void con6_theVisitIsChosenAnewWhereConsentIsRemembered() {
    allowed("ana-1");

    var answer = visitor.open("consent", again("ana-2"));

    assertThat(context(answer)).isEqualTo(LaunchContext.chosen("ana", "ana-2"));
  }

  @Test
  void con6_noVisitIsToldWhereNoneWasChosenThisTime() {
    allowed("ana-1");

    var answer = visitor.open("consent", again("_none"));

    var binding = exchange(answer, "test-web", TestClients.WEB_REDIRECT);
    assertThat(binding.launch()).isEqualTo(new LaunchContext("ana"));
    assertThat(binding.scopes().spelled())
        .isEqualTo("launch/patient offline_access patient/Encounter.rs patient/Goal.rs");
  }

  @Test
  void con6_aGrantWithoutAVisitDoesNotSpareTheQuestionForOne() {
    var txn = arrived();
    visitor.submit("sign-in", txn, "username", "ana", "password", TestUsers.PASSWORD);
    visitor.submit("encounter", txn, "encounter", "_none");
    context(visitor.allow(txn, visitor.open("consent", txn).ticked()));

    assertThat(visitor.open("consent", again("ana-1")).status()).isEqualTo(200);
  }

  @Test
  void anAppThatWantsNoPageGetsNoCodeWhereThereIsAVisitToChoose() {
    allowed("ana-1");
    var txn = arrived("prompt", "none");
    assertThat(visitor.open("sign-in", txn).path()).isEqualTo("/interaction/encounter");

    var answer = visitor.open("encounter", txn);

    assertThat(answer.parameter("error")).isEqualTo("interaction_required");
    assertThat(answer.parameter("code")).isNull();
    assertThat(visitor.open("encounter", txn).status()).isEqualTo(410);
  }
}
