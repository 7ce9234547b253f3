package dev.latchkey.sandbox.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.interaction.RecentEncounters;
import dev.latchkey.interaction.RecordCounts;
import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.sandbox.embedded.EmbeddedConfiguration;
import dev.latchkey.sandbox.flow.PatientBrowser.Arrival;
import dev.latchkey.sandbox.gateway.GatewayConfiguration;
import dev.latchkey.sandbox.portal.PortalConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// A sandbox that remembers consent, through the front door (requirement CON-6). Each case has a
/// person of its own.
@BesideOthers
class RememberedConsentFlowTest extends SandboxFlow {
  private final PatientBrowser browser = new PatientBrowser(sandbox().baseUrl().toString());

  @Override
  RunningSandbox sandbox() {
    return RunningSandbox.of(
        "remembering", WithoutFhir.class, Map.of("latchkey.remember-consent", "true"));
  }

  /// Without the FHIR server, which takes most of the start and has no part in this.
  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
    PropertyPlaceholderAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class
  })
  @EnableConfigurationProperties(SandboxSettings.class)
  @Import({EmbeddedConfiguration.class, GatewayConfiguration.class, PortalConfiguration.class})
  static class WithoutFhir {
    @Bean
    RecordCounts recordCounts() {
      return RecordCounts.NONE;
    }

    @Bean
    RecentEncounters recentEncounters() {
      return RecentEncounters.NONE;
    }
  }

  @Test
  void con6_anAppThatComesBackIsLetInAfterSignInAlone() {
    connect(webApp(), "kendal");
    var app = webApp();
    var started = app.start(EVERYTHING);

    var arrival = signIn(started, "kendal");

    var tokens = app.exchanged(started, app.code(started, arrival.uri())).getOIDCTokens();
    assertThat(tokens.getAccessToken().getScope().toString()).isEqualTo(EVERYTHING);
    assertThat(app.introspect(tokens.getAccessToken()).isActive()).isTrue();
  }

  @Test
  void con6_aKeyThatIsTakenBackIsForgotten() {
    connect(webApp(), "mia");
    var app = webApp();
    var started = app.start(EVERYTHING);
    assertThat(app.code(started, signIn(started, "mia").uri())).isNotNull();

    var list = browser.open(sandbox().baseUrl() + "/apps");
    browser.pressButton(list, "Take back the key of Demo web app");

    assertAsked(browser.open(webApp().start(EVERYTHING).uri().toString()));
  }

  @Test
  void con6_withoutAPageAnAppGetsACodeForWhatItHoldsAndNoMore() {
    connect(webApp(), "hee");
    var app = webApp();
    signIn(app.start(EVERYTHING), "hee");
    var same = app.start(EVERYTHING);
    var more = app.start(EVERYTHING + " patient/Goal.rs");

    var let = browser.open(same.uri() + "&prompt=none");
    var refused = browser.open(more.uri() + "&prompt=none");

    assertThat(app.exchange(same, app.code(same, let.uri())).indicatesSuccess()).isTrue();
    assertThat(refused.uri().getPath()).isEqualTo("/callback");
    assertThat(refused.uri().getQuery()).contains("error=consent_required");
  }

  @Test
  void con6_whateverIsNewIsAskedFor() {
    connect(webApp(), "reid");

    assertAsked(signIn(webApp().start(EVERYTHING + " patient/Goal.rs"), "reid"));
  }

  @Test
  void t21_anAppThatCannotProveItselfIsAskedForEachTime() {
    connect(nativeApp(), "rhea");

    assertAsked(signIn(nativeApp().start(EVERYTHING), "rhea"));
  }

  private Arrival signIn(SmartApp.Started started, String username) {
    var page = browser.open(started.uri().toString());
    assertThat(page.isAt("/interaction/sign-in")).as(page.body()).isTrue();
    var typed = Map.of("username", username, "password", "sandbox-" + username);
    return browser.submit(page, typed, _ -> true, "");
  }

  private static void assertAsked(Arrival arrival) {
    assertThat(arrival.isAt("/interaction/consent")).as("%s", arrival).isTrue();
  }
}
