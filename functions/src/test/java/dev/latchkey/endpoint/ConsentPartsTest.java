package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.scope.RecordCategory;
import dev.latchkey.scope.RecordType;
import dev.latchkey.secret.SecretHash;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts of a type by category, and the page in the patient's language (requirements CON-2 to
/// CON-4).
class ConsentPartsTest {
  private static final String OBSERVATIONS = "patient/Observation.rs";
  private static final String LABS = part(OBSERVATIONS, RecordCategory.LABORATORY);
  private static final String SURVEYS = part(OBSERVATIONS, RecordCategory.SURVEY);

  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestUsers.ana());
  private final TestBrowser browser = new TestBrowser(local.wiring());

  private static String part(String scope, RecordCategory category) {
    return scope + "?category=" + category.token();
  }

  private static List<String> parts(String scope, RecordType type) {
    return RecordCategory.of(type).stream().map(category -> part(scope, category)).toList();
  }

  private String signedIn(String scope) {
    return browser.signIn(scope, "ana", TestUsers.PASSWORD);
  }

  private String granted(String scope, List<String> ticked) {
    var answer = browser.allow(signedIn(scope), ticked);
    var code = Objects.requireNonNull(answer.parameter("code"));
    return local
        .wiring()
        .stores()
        .codes()
        .find(SecretHash.of(code))
        .orElseThrow()
        .scopes()
        .spelled();
  }

  @Test
  void con2_observationsAndConditionsAreOfferedByCategoryToo() {
    var page = browser.open("consent", signedIn(OBSERVATIONS + " patient/Condition.rs"));

    assertThat(page.inputs("scope"))
        .contains(OBSERVATIONS, "patient/Condition.rs")
        .containsAll(parts(OBSERVATIONS, RecordType.OBSERVATION))
        .containsAll(parts("patient/Condition.rs", RecordType.CONDITION))
        .hasSize(11);
    assertThat(page.body()).contains("Lab results", "Vital signs", "Ongoing health problems");
  }

  @Test
  void con2_onlyTheTickedCategoriesAreGranted() {
    assertThat(granted("openid " + OBSERVATIONS, List.of(LABS, SURVEYS)))
        .isEqualTo("openid " + LABS + " " + SURVEYS);
  }

  @Test
  void con2_aCategoryOfAnOlderSpellingIsGrantedInTheNewOne() {
    assertThat(granted("patient/Observation.read", List.of(LABS))).isEqualTo(LABS);
  }

  @Test
  void theWholeIsGrantedAsItIsWhateverElseIsTicked() {
    assertThat(granted(OBSERVATIONS, List.of(OBSERVATIONS, LABS))).isEqualTo(OBSERVATIONS);
  }

  @Test
  void aCategoryThatWasAskedForBesideTheWholeIsOneBoxAndGoesWithIt() {
    var scope = OBSERVATIONS + " " + LABS;
    var page = browser.open("consent", signedIn(scope));
    assertThat(page.inputs("scope")).doesNotHaveDuplicates();

    assertThat(granted(scope, List.of(OBSERVATIONS))).isEqualTo(scope);
    assertThat(granted(scope, List.of(LABS))).isEqualTo(LABS);
    assertThat(granted(scope, List.of(SURVEYS))).isEqualTo(SURVEYS);
  }

  @Test
  void aCategoryThatWasAskedForIsOfferedAndGrantedAsSpelled() {
    var spelled = LABS.replace("|", "%7C");
    var page = browser.open("consent", signedIn(spelled));
    assertThat(page.ticked()).containsExactly(spelled);
    assertThat(page.body()).contains("Lab results");
    assertThat(granted(spelled, List.of(spelled))).isEqualTo(spelled);
  }

  @Test
  void whatIsSensitiveIsCalledOutAndOffUntilItIsTicked() {
    var page = browser.open("consent", signedIn(OBSERVATIONS + " patient/Condition.rs"));

    assertThat(page.ticked())
        .containsExactly(
            LABS,
            part(OBSERVATIONS, RecordCategory.VITAL_SIGNS),
            part(OBSERVATIONS, RecordCategory.PROCEDURE),
            "patient/Condition.rs");
    assertThat(page.body().split("can be sensitive", -1)).hasSize(4);
    var alone = browser.open("consent", signedIn(SURVEYS));
    assertThat(alone.ticked()).isEmpty();
    assertThat(alone.body()).contains("can be sensitive");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient/Condition.rs?category=http://terminology.hl7.org/CodeSystem/condition-category|encounter-diagnosis",
        "patient/Observation.r?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory",
        "patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|exam"
      })
  void aPartThatWasNotOfferedIsRefused(String added) {
    var answer = browser.allow(signedIn(OBSERVATIONS), List.of(LABS, added));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("The form was changed");
  }

  @Test
  void con4_aWildcardSaysThatItGrowsNoFurther() {
    var line = "The app asked for everything in the record.";
    assertThat(browser.open("consent", signedIn("patient/*.rs")).body()).contains(line);
    assertThat(browser.open("consent", signedIn("patient/Goal.rs")).body()).doesNotContain(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "es > es",
        "es-MX,es;q=0.9,en;q=0.8 > es",
        "en-US,es;q=0.5 > en",
        "fr > en",
        "; ;; > en"
      })
  void con4_thePageSpeaksTheLanguageOfTheBrowser(String accepted, String language) {
    browser.sending("accept-language", accepted);
    var page = browser.open("consent", signedIn("patient/*.cruds offline_access openid fhirUser"));

    assertThat(page.body()).contains("<html lang=\"" + language + "\">");
    var isSpanish = language.equals("es");
    assertThat(page.body().contains("¿Permitir que <bdi>Test Native</bdi> vea y modifique"))
        .isEqualTo(isSpanish);
    assertThat(page.body().contains("Resultados de laboratorio")).isEqualTo(isSpanish);
    assertThat(page.body().contains("usted, nacimiento: 29 de febrero de 1984"))
        .isEqualTo(isSpanish);
    assertThat(page.body().contains("Como máximo 8 horas")).isEqualTo(isSpanish);
    assertThat(page.body().contains("de abril de 2037")).isEqualTo(isSpanish);
    assertThat(page.body().contains("read, search")).isNotEqualTo(isSpanish);
    assertThat(page.body())
        .contains(isSpanish ? "las entradas que se agreguen más adelante" : "that are added later");
  }
}
