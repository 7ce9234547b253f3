package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.User;
import dev.latchkey.authorize.CodeBinding;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.secret.SecretHash;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientChoiceTest {
  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestUsers.ana()).seed(TestUsers.ben());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  private String signedInAs(String username, String scope) {
    return browser.signIn(scope, username, TestUsers.PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"launch/patient openid", "patient/Observation.rs", "patient/*.read"})
  void con5_whoActsForSeveralIsAskedForWhom(String scope) {
    var txn = signedInAs("ben", scope);

    var page = browser.open("patient", txn);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.inputs("patient")).containsExactly("ben", "mia");
    assertThat(page.body())
        .contains("<legend>", "<bdi>Mia Nováková</bdi>", "your child, born 30 June 2018")
        .contains("yourself, born 5 November 1979");
    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/patient");
  }

  @Test
  void con4_theWayToTheConsentPageIsInTheLanguageOfTheUser() {
    browser.sending("accept-language", "es-MX, en;q=0.5");
    var txn =
        browser.arrive(
            "test-native", TestClients.NATIVE_REDIRECT, "launch/patient patient/Observation.rs");

    assertThat(browser.open("sign-in", txn).body())
        .contains("<html lang=\"es\">", "<h1>Iniciar sesión</h1>", "Nombre de usuario");
    assertThat(browser.submit("sign-in", txn, "username", "ben", "password", "wrong").body())
        .contains("El nombre de usuario o la contraseña no son correctos.");
    browser.submit("sign-in", txn, "username", "ben", "password", TestUsers.PASSWORD);
    assertThat(browser.open("patient", txn).body())
        .contains("<html lang=\"es\">", "¿De quién es el expediente?", "su hijo o hija");
    assertThat(browser.submit("patient", txn).body()).contains("Elija a una de estas personas.");
    var refused = browser.submit("patient", txn, "patient", "ana");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body())
        .contains("<html lang=\"es\">", "No puede compartir este expediente")
        .doesNotContain("Nothing was shared");
    assertThat(browser.open("consent", "nobody-knows-this").body())
        .contains("<html lang=\"es\">", "Esta solicitud ha terminado");
  }

  @Test
  void theChoiceIsShownOnTheConsentPageAndGoesIntoTheCode() {
    var txn = signedInAs("ben", "launch/patient patient/Observation.rs");

    var answer = browser.submit("patient", txn, "patient", "mia");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.path()).isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", txn).body())
        .contains(
            "<bdi>Mia Nováková</bdi>", "your child, born 30 June 2018", "choose someone else");
    var code = browser.allow(txn, List.of("patient/Observation.rs")).parameter("code");
    assertThat(codeOf(code).launch().patientId()).contains("mia");
    assertThat(codeOf(code).fhirUser()).isEqualTo("RelatedPerson/ben");
  }

  @Test
  void theChoiceCanBeChangedBeforeTheDecision() {
    var txn = signedInAs("ben", "launch/patient patient/Observation.rs");
    browser.submit("patient", txn, "patient", "mia");
    assertThat(browser.open("patient", txn).body())
        .contains("value=\"mia\" checked")
        .doesNotContain("value=\"ben\" checked");

    browser.submit("patient", txn, "patient", "ben");

    var code = browser.allow(txn, List.of("patient/Observation.rs")).parameter("code");
    assertThat(codeOf(code).launch().patientId()).contains("ben");
  }

  @Test
  void con5_whoHasOneRecordIsNotAsked() {
    var txn = signedInAs("ana", "launch/patient patient/Observation.rs");

    assertThat(browser.open("patient", txn).path()).isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", txn).body()).contains("<bdi>Ana Silva</bdi>");
    var code = browser.allow(txn, List.of("patient/Observation.rs")).parameter("code");
    assertThat(codeOf(code).launch().patientId()).contains("ana");
  }

  @Test
  void nobodyIsAskedWhenTheAppWantsNoRecord() {
    var txn = signedInAs("ben", "openid fhirUser");

    assertThat(browser.open("patient", txn).path()).isEqualTo("/interaction/consent");
    assertThat(browser.open("consent", txn).body()).doesNotContain("Whose record", "Mia");
    var code = browser.allow(txn, List.of()).parameter("code");
    assertThat(codeOf(code).launch().patientId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ana", "BEN", "Patient/ben", "ben ", "../ben", "nobody"})
  void aPatientWhoIsNotTheUsersIsRefused(String patient) {
    var txn = signedInAs("ben", "launch/patient patient/Observation.rs");

    var answer = browser.submit("patient", txn, "patient", patient);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/patient");
  }

  @Test
  void somebodyWithOneRecordCannotPostAnotherPatient() {
    var txn = signedInAs("ana", "launch/patient patient/Observation.rs");
    var csrf = browser.open("consent", txn).inputs("csrf").getFirst();

    assertThat(browser.post("patient", txn, csrf, "patient", "ben").status()).isEqualTo(403);

    var code = browser.allow(txn, List.of("patient/Observation.rs")).parameter("code");
    assertThat(codeOf(code).launch().patientId()).contains("ana");
  }

  @Test
  void noChoiceIsAskedForAgain() {
    var txn = signedInAs("ben", "launch/patient patient/Observation.rs");

    var answer = browser.submit("patient", txn);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Choose one of these people.");
  }

  @Test
  void aPatientWhoseAccessEndedMeanwhileIsRefusedAtTheDecision() {
    var txn = signedInAs("ben", "launch/patient patient/Observation.rs");
    browser.submit("patient", txn, "patient", "mia");
    local.seed(TestUsers.benForHimself());

    var answer = browser.allow(txn, List.of("patient/Observation.rs"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey("location");
  }

  @Test
  void whoHasNoRecordIsToldSo() {
    var ana = TestUsers.ana();
    local.seed(
        new User("eve", "sub-eve", "Eve", ana.passwordHash(), "RelatedPerson/eve", List.of()));
    var txn = signedInAs("eve", "launch/patient");

    var page = browser.open("patient", txn);

    assertThat(page.status()).isEqualTo(403);
    assertThat(page.body()).contains("You have no record to share");
  }

  @Test
  void patientChoiceBeforeSignInLeadsToSignIn() {
    var txn = browser.arrive("launch/patient");

    assertThat(browser.open("patient", txn).path()).isEqualTo("/interaction/sign-in");
    assertThat(browser.open("consent", txn).path()).isEqualTo("/interaction/sign-in");
  }

  private CodeBinding codeOf(@Nullable String code) {
    return local
        .wiring()
        .stores()
        .codes()
        .find(SecretHash.of(Objects.requireNonNull(code)))
        .orElseThrow();
  }
}
