package dev.latchkey.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.TestClients;
import dev.latchkey.http.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppDescriptionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://127.0.0.1:51004/callback | an app on this device (127.0.0.1)",
        "http://[::1]:51004/callback | an app on this device ([::1])",
        "https://claimed.example/cb | claimed.example",
        "com.example.app:/cb | the app on this device that opens com.example.app: links",
        "com.example.app://cb | the app on this device that opens com.example.app: links"
      })
  void aNativeAppIsNamedByWhereItsAnswerGoes(String redirectUri, String destination) {
    var app = new AppDescription(TestClients.nativeApp(), redirectUri, Language.ENGLISH);

    assertThat(app.destination()).isEqualTo(destination);
    assertThat(app.isUnverified()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://web.example/callback, web.example",
    "https://web.example:8443/callback?x=1, web.example:8443",
    "http://localhost:9000/callback, localhost:9000",
    "http://127.0.0.1:9000/callback, 127.0.0.1:9000"
  })
  void aWebAppIsNamedByItsSite(String redirectUri, String destination) {
    var app = new AppDescription(TestClients.webApp(), redirectUri, Language.ENGLISH);

    assertThat(app.destination()).isEqualTo(destination);
    assertThat(app.isUnverified()).isFalse();
  }
}
