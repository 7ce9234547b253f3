package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.interaction.RecentEncounters;
import dev.latchkey.interaction.RecordCounts;
import dev.latchkey.scope.RecordCategory;
import dev.latchkey.scope.ResourceScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// How many records each choice covers, beside its check box (requirement CON-4).
class ConsentCountsTest implements RecordCounts {
  private static final String LABS =
      "patient/Observation.rs?category=" + RecordCategory.LABORATORY.token();
  private static final String SCOPE =
      "patient/Observation.rs patient/Goal.r patient/Device.rs patient/Immunization.c"
          + " offline_access";

  private final List<List<String>> asked = new ArrayList<>();
  private final Map<String, Integer> known = new HashMap<>();
  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestUsers.ana()).seed(TestUsers.ben());
  private final TestBrowser browser =
      new TestBrowser(
          local.wiring().withConsent(new ConsentSettings(this, RecentEncounters.NONE, false)));

  @Override
  public Map<ResourceScope, Integer> count(
      String patient, String fhirUser, Collection<ResourceScope> scopes) {
    var counts = new HashMap<ResourceScope, Integer>();
    scopes.forEach(
        scope ->
            Optional.ofNullable(known.get(scope.spelled()))
                .ifPresent(count -> counts.put(scope, count)));
    asked.add(
        List.of(
            patient,
            fhirUser,
            String.join(" ", scopes.stream().map(ResourceScope::spelled).toList())));
    return counts;
  }

  private TestBrowser.Answer page(String scope) {
    return browser.open("consent", browser.signIn(scope, "ana", TestUsers.PASSWORD));
  }

  /// The same request once more in the browser that is signed in.
  private String again() {
    var txn = browser.arrive(SCOPE);
    browser.open("sign-in", txn);
    return txn;
  }

  /// The words beside each box that has a number.
  private static Map<String, String> amounts(TestBrowser.Answer page) {
    var amounts = new HashMap<String, String>();
    var found =
        Pattern.compile("name=\"scope\" value=\"([^\"]*)\"|<span class=\"amount\">([^<]*)</span>")
            .matcher(page.body());
    var box = "";
    while (found.find()) {
      if (found.group(2) == null) {
        box = found.group(1);
      } else {
        amounts.put(box, found.group(2));
      }
    }
    return amounts;
  }

  @Test
  void con4_eachChoiceSaysHowManyRecordsItCoversToday() {
    known.putAll(Map.of("patient/Observation.rs", 112, LABS, 1, "patient/Goal.r", 0));

    assertThat(amounts(page(SCOPE)))
        .isEqualTo(
            Map.of(
                "patient/Observation.rs",
                "112 records",
                LABS,
                "1 record",
                "patient/Goal.r",
                "no records yet"));
    browser.sending("accept-language", "es");
    assertThat(amounts(browser.open("consent", again())))
        .isEqualTo(
            Map.of(
                "patient/Observation.rs",
                "112 registros",
                LABS,
                "1 registro",
                "patient/Goal.r",
                "todavía no hay registros"));
  }

  @Test
  void whatIsNotKnownHasNoNumberAndChangesNothing() {
    var page = page(SCOPE);

    assertThat(amounts(page)).isEmpty();
    assertThat(page.inputs("scope")).contains("patient/Observation.rs", LABS, "patient/Goal.r");
    var answer = browser.allow(again(), List.of("patient/Goal.r"));
    assertThat(answer.parameter("code")).isNotNull();
  }

  @Test
  void allThatIsThereIsCountedWithOneCallForThePage() {
    page("patient/Goal.r patient/Device.rs patient/Immunization.c user/Condition.rs openid");

    assertThat(asked)
        .containsExactly(List.of("ana", "Patient/ana", "patient/Goal.r patient/Device.rs"));
  }

  @Test
  void nothingIsCountedForAnAppThatWantsNoRecordOrBeforeOneIsChosen() {
    page("openid fhirUser");
    var other =
        new TestBrowser(
            local.wiring().withConsent(new ConsentSettings(this, RecentEncounters.NONE, false)));
    other.open("consent", other.signIn("patient/Goal.rs", "ben", TestUsers.PASSWORD));

    assertThat(asked).isEmpty();
  }

  @Test
  void noAnswerToTheFormIsCounted() {
    var txn = browser.signIn(SCOPE, "ana", TestUsers.PASSWORD);
    var csrf = browser.open("consent", txn).inputs("csrf").getFirst();
    asked.clear();

    browser.post("consent", txn, csrf, "decision", "allow", "scope", "patient/Goal.r");

    assertThat(asked).isEmpty();
  }
}
