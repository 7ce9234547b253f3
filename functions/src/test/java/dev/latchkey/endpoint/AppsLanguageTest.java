package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages at `/apps` in the language of whoever reads them (requirement REV-4).
class AppsLanguageTest {
  /// Words that stand on no Spanish page.
  private static final Pattern ENGLISH =
      Pattern.compile("\\b(the|you|your|app|apps|key|keys|and|when|with|sign)\\b");

  private static final String SCOPES =
      "launch/patient offline_access patient/Observation.rs patient/Immunization.r";

  private final LocalWiring local =
      LocalWiring.start()
          .seed(TestClients.nativeApp())
          .seed(TestClients.webApp())
          .seed(TestUsers.ana());
  private final AppsBrowser browser = new AppsBrowser(local);

  private static String spanish(TestBrowser.Answer answer) {
    assertThat(answer.body()).contains("<html lang=\"es\">");
    var text = answer.body().replaceAll("(?s)<head>.*</head>|<[^>]*>", " ").replaceAll("\\s+", " ");
    assertThat(ENGLISH.matcher(text).results().map(match -> match.group(1))).as(text).isEmpty();
    return text;
  }

  @ParameterizedTest
  @ValueSource(strings = {"es", "es-MX, en;q=0.5"})
  void rev4_everyPageSpeaksTheLanguageOfTheBrowser(String accepted) {
    browser.browser().sending("accept-language", accepted);

    assertThat(spanish(browser.open())).contains("Inicie sesión para ver sus aplicaciones");
    assertThat(spanish(browser.signIn("ana", "wrong"))).contains("no son correctos");
    browser.signIn("ana", TestUsers.PASSWORD);
    assertThat(spanish(browser.open()))
        .contains("Ninguna aplicación tiene una llave de sus expedientes.");
    assertThat(spanish(browser.get("password"))).contains("Contraseña nueva otra vez");
    assertThat(spanish(browser.follow(browser.post("sign-out")))).contains("Ha cerrado la sesión");
  }

  @Test
  void rev4_theListSaysInSpanishWhatEachAppMayDo() {
    browser.browser().sending("accept-language", "es");
    browser.signIn("ana", TestUsers.PASSWORD);
    var id = browser.allowed(TestClients.NATIVE, SCOPES);
    local.clock().advance(Duration.ofMinutes(1));

    var list = spanish(browser.open());

    assertThat(list)
        .contains(
            "Esta aplicación funciona en su propio teléfono u ordenador.",
            "Expediente de Ana Silva , usted, nacimiento: 29 de febrero de 1984",
            "Vacunas",
            "Ninguno desde que usted la permitió",
            "El 1 de marzo de 2036.",
            "Retirar la llave de Test Native");
    assertThat(spanish(browser.follow(browser.post("take-back", "key", id.value()))))
        .contains("Test Native ya no puede usar la llave que usted retiró.");
  }

  @ParameterizedTest
  @CsvSource({
    "'', Rellene los tres campos.",
    "short, La contraseña nueva es demasiado corta",
    "four quite ordinary words, Esta no es su contraseña actual."
  })
  void rev4_whatIsWrongWithAPasswordIsSaidInSpanish(String password, String problem) {
    browser.browser().sending("accept-language", "es");
    browser.signIn("ana", TestUsers.PASSWORD);

    var page =
        browser.post("password", "current", "wrong", "password", password, "repeated", password);

    assertThat(spanish(page)).contains(problem);
  }

  @Test
  void rev4_refusalsSpeakItToo() {
    browser.browser().sending("accept-language", "es");

    assertThat(spanish(browser.get("nothing"))).contains("Esta página no existe");
    assertThat(spanish(browser.postWith("x", "sign-in")))
        .contains("Esto no vino de nuestra página");
    browser.signIn("ana", TestUsers.PASSWORD);
    assertThat(spanish(browser.open("after=a&after=b"))).contains("No se pudo leer la solicitud");
    assertThat(spanish(browser.post("take-back", "key", "x"))).contains("Esta llave no existe");
  }

  /// OpenID Connect Core section 3.1.2.1, as on the pages to which an app sends people.
  @Test
  void rev4_anAppThatLeadsHereMayNameTheLanguageAndItStays() {
    browser.browser().sending("accept-language", "en");
    var page = browser.open("ui_locales=es");
    assertThat(spanish(page)).contains("Inicie sesión");
    assertThat(page.body()).contains("action=\"/apps/sign-in?ui_locales=es\"");

    browser.signIn("ana", TestUsers.PASSWORD);
    browser.allowed(TestClients.NATIVE, SCOPES);
    browser.allowed(TestClients.NATIVE, SCOPES);
    var list = browser.open("ui_locales=es").body();

    assertThat(Pattern.compile("(action|href)=\"/apps[^\"]*\"").matcher(list).results())
        .hasSize(6)
        .allMatch(match -> match.group().endsWith("ui_locales=es\""));
    assertThat(browser.open().body()).contains("<html lang=\"en\">");
  }
}
