package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.changed;
import static dev.latchkey.endpoint.Asking.good;
import static dev.latchkey.endpoint.Asking.query;
import static dev.latchkey.endpoint.PushedRequests.assertIsAPage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.Race;
import dev.latchkey.contract.TestClients;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reference to a pushed request (RFC 9126 section 2.2) in a browser, and threat T20: whoever
/// reads or changes what the browser carries.
class RequestReferenceTest {
  private static final PushedRequests at = new PushedRequests();
  private static final LocalWiring local = at.local();
  private static final AuthorizeFunction authorize = at.authorize();

  @Test
  void theReferenceGoesToSignInWithWhatWasPushed() {
    var answer = at.arrive(TestClients.BROWSER, at.pushed(good()));

    var asked = at.asked(answer);
    assertThat(asked.client()).isEqualTo(TestClients.BROWSER);
    assertThat(asked.redirectUri()).isEqualTo(TestClients.BROWSER_REDIRECT);
    assertThat(asked.scopes().spelled()).isEqualTo("openid fhirUser launch/patient patient/*.rs");
    assertThat(asked.state()).isEqualTo("af0ifjsldkj");
    assertThat(asked.codeChallenge()).isEqualTo(Asking.CHALLENGE);
  }

  @Test
  void stateOfAnyLanguageSurvives() {
    var state = "ü€𝄞 +&=%?#/\"'<>\\\0" + "x".repeat(1000);

    assertThat(at.asked(at.arrive(TestClients.BROWSER, at.pushed(changed("state", state)))).state())
        .isEqualTo(state);
  }

  @Test
  void t20_nothingThatTheBrowserAddsCounts() {
    var uri = at.pushed(changed("scope", "patient/Patient.r"));

    var answer =
        Call.get("/authorize")
            .with("client_id", TestClients.BROWSER.value())
            .with("request_uri", uri)
            .with("scope", "patient/*.cruds offline_access")
            .with("redirect_uri", "https://evil.example/callback")
            .with("state", "of-somebody-else")
            .with("login_hint", "maria")
            .with("code_challenge", "a".repeat(43))
            .with("aud", "https://evil.example/fhir")
            .with("response_type", "token")
            .with("response_type", "token")
            .to(authorize);

    var asked = at.asked(answer);
    assertThat(asked.scopes().spelled()).isEqualTo("patient/Patient.r");
    assertThat(asked.redirectUri()).isEqualTo(TestClients.BROWSER_REDIRECT);
    assertThat(asked.state()).isEqualTo("af0ifjsldkj");
    assertThat(asked.wishes().loginHint()).isNull();
    assertThat(asked.codeChallenge()).isEqualTo(Asking.CHALLENGE);
  }

  @Test
  void t20_aReferenceWorksOnce() {
    var uri = at.pushed(good());
    assertThat(at.arrive(TestClients.BROWSER, uri).status()).isEqualTo(303);

    assertIsAPage(at.arrive(TestClients.BROWSER, uri));
  }

  @Test
  void t20_aReferenceWorksForOneOfManyBrowsers() throws Exception {
    var uri = at.pushed(good());

    var answers = Race.of(_ -> at.arrive(TestClients.BROWSER, uri).status());

    assertThat(answers).filteredOn(status -> status == 303).hasSize(1);
  }

  @Test
  void t20_anotherAppCanNeitherUseAReferenceNorUseItUp() {
    var uri = at.pushed(good());

    assertIsAPage(at.arrive(TestClients.WEB, uri));
    assertThat(at.arrive(TestClients.BROWSER, uri).status()).isEqualTo(303);
  }

  @Test
  void aReferenceEndsAfterNinetySeconds() {
    var uri = at.pushed(good());
    local.clock().advance(Duration.ofSeconds(90));

    assertIsAPage(at.arrive(TestClients.BROWSER, uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:ietf:params:oauth:request_uri:of-nobody",
        "urn:ietf:params:oauth:request_uri:",
      })
  void anUnknownReferenceIsAPage(String uri) {
    assertIsAPage(at.arrive(TestClients.BROWSER, uri));
  }

  @Test
  void aReferenceWithoutAnAppOrSentTwiceIsAPage() {
    var uri = at.pushed(good());

    assertIsAPage(Call.get("/authorize").with("request_uri", uri).to(authorize));
    assertIsAPage(at.arrive(new ClientId("nobody"), uri));
    assertIsAPage(at.arrive(new ClientId("x".repeat(5000)), uri));
    assertIsAPage(
        Call.get("/authorize")
            .with("client_id", TestClients.BROWSER.value())
            .with("request_uri", uri)
            .with("request_uri", uri)
            .to(authorize));
  }

  @Test
  void anAddressOfSomewhereElseIsNotFetched() {
    var answer =
        Call.get("/authorize")
            .with(changed("request_uri", "https://evil.example/request"))
            .to(authorize);

    assertThat(query(answer.header("location")))
        .containsEntry("error", "request_uri_not_supported");
  }

  @Test
  void aRequestOfAnAppThatWasRemovedSinceIsAPage() {
    var gone = TestClients.as(new ClientId("test-gone"), TestClients.browserApp());
    local.seed(gone);
    var uri = at.pushed(changed("client_id", gone.id().value()));
    local.wiring().stores().clients().remove(gone.id());

    assertIsAPage(at.arrive(gone.id(), uri));
  }
}
