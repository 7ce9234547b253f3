package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.EhrOpening.SCOPE;
import static dev.latchkey.endpoint.EhrOpening.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestLaunches;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.launch.LaunchContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirement LCH-8: which of the scopes for what was open in the EHR are granted, and what the
/// app is told of it.
class LaunchScopesTest {
  private final EhrOpening ehr = new EhrOpening();
  private final LocalWiring local = ehr.local();
  private final TestBrowser browser = ehr.browser();
  private final TokenFunction tokens = ehr.tokens();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "launch/encounter",
        "launch/imagingstudy",
        "launch/list",
        "launch/list?role=https://ehr.example/role/worklist",
        "launch/list?role=https://ehr.example/role/that-nobody-knows"
      })
  void lch8_aTypeThatWasOpenIsGrantedInTheAppsSpellingAndTold(String scope) {
    var answer = ehr.connected(SCOPE + " " + scope, ehr.handle(TestLaunches.full()));

    assertThat(answer.text("scope").split(" ")).contains("launch", scope);
    assertThat(answer.json()).containsAllEntriesOf(TestLaunches.full().members());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"launch/questionnaire", "launch/unicorn?role=launch", "launch/X", "launch/"})
  void lch8_aTypeThatWasNotOpenOrIsUnknownIsLeftOutOfTheGrant(String scope) {
    var answer = ehr.connected(SCOPE + " " + scope, ehr.handle(TestLaunches.full()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("scope").split(" ")).contains("launch").doesNotContain(scope);
  }

  @Test
  void lch8_aRefreshBringsBackNothingThatWasLeftOut() {
    var opened =
        ehr.connected(SCOPE + " launch/encounter launch/unicorn", ehr.handle(TestLaunches.full()));
    var grants = new Grants(local);

    var more =
        grants
            .browserRefresh(opened.text("refresh_token"))
            .with("scope", "launch online_access launch/unicorn")
            .to(tokens);
    var same =
        grants
            .browserRefresh(opened.text("refresh_token"))
            .with("scope", "launch online_access launch/encounter")
            .to(tokens);

    assertThat(more.status()).isEqualTo(400);
    assertThat(more.text("error")).isEqualTo("invalid_scope");
    assertThat(same.text("scope")).isEqualTo("launch online_access launch/encounter");
  }

  @Test
  void lch8_thePatientReadsOnlyOfWhatWasOpen() {
    var txn =
        ehr.signedIn(
            SCOPE + " launch/encounter launch/imagingstudy launch/unicorn",
            ehr.handle(new LaunchContext("ana", "enc-1", List.of(), null, null, null, null)));

    assertThat(browser.open("consent", txn).body())
        .contains("which entry was open or chosen when it was started (visits and hospital stays)")
        .doesNotContain("what else was open", "unicorn");
  }

  @Test
  void lch8_anAppThatNoEhrOpenedIsToldOfNothingOpen() {
    var answer = ehr.authorize(SCOPE + " launch/encounter", Map.of());
    var txn = Objects.requireNonNull(answer.parameter("txn"));
    browser.submit("sign-in", txn, "username", "roe", "password", TestUsers.PASSWORD);
    browser.submit("patient", txn, "patient", "mia");

    assertThat(browser.open("consent", txn).body()).doesNotContain("was open");
    assertRefused(ehr.authorize("launch/encounter launch/list", Map.of()), "invalid_scope");
  }

  @Test
  void lch8_withoutTheScopeLaunchTheOtherOnesSayNothing() {
    var handle = ehr.handle(TestLaunches.full());

    assertRefused(ehr.authorize("launch/encounter", Map.of("launch", handle)), "invalid_scope");
    assertThat(ehr.authorize(SCOPE, Map.of("launch", handle)).parameter("txn")).isNotNull();
  }
}
