package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.contract.HostileNames;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Names that attack the page (threat T60): whatever an app or a person is called, the page stays
/// the page.
class HostileNamesTest {
  private static final String SCOPE = "launch/patient openid offline_access patient/Observation.rs";

  private static final LocalWiring LOCAL = LocalWiring.start();

  static Stream<String> names() {
    return Stream.concat(
        HostileNames.all(),
        Stream.of(
            "-->",
            "]]>",
            "&#60;script&#62;",
            "<%= 7*7 %>",
            "a\u0000<script>alert(1)</script>",
            "<bdo dir=rtl>",
            "Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358",
            "W".repeat(5000),
            "line\r\nset-cookie: x=y\r\n\r\n<script>"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void t60_thePagesStayWhatTheyAre(String hostile) {
    var plain = pages("Plain");

    var attacked = pages(hostile);

    for (int i = 0; i < plain.size(); i++) {
      assertThat(tags(attacked.get(i))).isEqualTo(tags(plain.get(i)));
      assertThat(attacked.get(i).body())
          .doesNotContain("\u202E", "\u0000", "W".repeat(301))
          .doesNotMatch("(?s).*\u0353.*");
      assertThat(attacked.get(i).headers()).isEqualTo(plain.get(i).headers());
    }
  }

  /// Sign-in, patient choice and consent, where app, user and patients have this name.
  private static List<TestBrowser.Answer> pages(String name) {
    LOCAL.seed(called(name)).seed(somebody(name));
    var browser = new TestBrowser(LOCAL.wiring());
    var txn = browser.arrive(SCOPE);
    var signIn = browser.open("sign-in", txn);
    browser.submit("sign-in", txn, "username", "ben", "password", TestUsers.PASSWORD);
    var patient = browser.open("patient", txn);
    browser.submit("patient", txn, "patient", "mia");
    return List.of(signIn, patient, browser.open("consent", txn));
  }

  private static Client called(String name) {
    return TestClients.nativeApp().with(ClientProfile.named(name, name));
  }

  private static User somebody(String name) {
    var ben = TestUsers.ben();
    return new User(
        ben.username(),
        ben.subject(),
        name,
        ben.passwordHash(),
        ben.fhirUser(),
        ben.patients().stream()
            .map(patient -> new User.PatientAccess(patient.id(), name, name, name))
            .toList());
  }

  /// Every tag with its attributes, without the values that differ from visit to visit.
  private static List<String> tags(TestBrowser.Answer page) {
    return Pattern.compile("<[^>]*>")
        .matcher(page.body())
        .results()
        .map(match -> match.group().replaceAll("(csrf|txn)(\" value=\"|=)[A-Za-z0-9_-]+", "$1"))
        .toList();
  }
}
