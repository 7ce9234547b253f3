package dev.latchkey.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.contract.FreePort;
import dev.latchkey.sandbox.SandboxSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/// The portal by itself, without an authorization server behind it.
class PortalTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static ConfigurableApplicationContext context;
  private static URI issuer;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class
  })
  @EnableConfigurationProperties(SandboxSettings.class)
  @Import(PortalConfiguration.class)
  static class PortalAlone {}

  @BeforeAll
  static void start() {
    issuer = URI.create("http://localhost:" + FreePort.find());
    context = SpringApplication.run(PortalAlone.class, "--server.port=" + issuer.getPort());
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void theStartPageSaysWhatThisIsAndWhatToDoNext() throws Exception {
    var page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("<h1>", "Nobody here is real", "action=\"/demo\"")
        .contains(issuer + "/fhir")
        .contains("sandbox-kendal", "demo-native", "Patient/graciela");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/demo", "/demo/callback", "/demo/nowhere", "/nowhere"})
  void everyPageHasTheSecurityHeaders(String path) throws Exception {
    var headers = get(path).headers();
    assertThat(headers.firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'");
    assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
    assertThat(headers.firstValue("referrer-policy")).contains("no-referrer");
    assertThat(headers.firstValue("cache-control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/demo/", "/sandbox/people/kendal", "//", "/demo/refresh"})
  void whatIsNotThereIs404(String path) throws Exception {
    var answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no such page").doesNotContain("Tomcat");
  }

  @Test
  void pagesRunNoScript() throws Exception {
    assertThat(get("/").body()).doesNotContainIgnoringCase("<script", " style=", " onclick=");
  }

  @Test
  void addressesComeFromTheIssuerAndNeverFromTheHostHeader() throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + issuer.getPort() + "/"));
    var page = HTTP.send(request.build(), BodyHandlers.ofString()).body();
    assertThat(page).contains(issuer + "/fhir").doesNotContain("127.0.0.1:" + issuer.getPort());
  }

  @Test
  void scriptsGetPeopleAndApps() throws Exception {
    var mapper = new ObjectMapper();
    var people = mapper.readTree(get("/sandbox/people").body());
    assertThat(people.at("/0/username").asText()).isEqualTo("kendal");
    assertThat(people.at("/0/password").asText()).isEqualTo("sandbox-kendal");
    assertThat(people.at("/0/fhirUser").asText()).isEqualTo("Patient/kendal");
    assertThat(people.at("/0/patients/0/id").asText()).isEqualTo("kendal");
    var apps = mapper.readTree(get("/sandbox/apps").body());
    assertThat(apps.at("/1/client_id").asText()).isEqualTo("demo-browser");
    assertThat(apps.at("/1/redirect_uris/0").asText()).isEqualTo(issuer + "/demo/callback");
    assertThat(apps.at("/1/client_secret").isMissingNode()).isTrue();
    assertThat(apps.at("/2/client_secret").asText()).isEqualTo("sandbox-secret-not-for-production");
  }

  @Test
  void theStylesheetIsServedAsCss() throws Exception {
    var sheet = get("/portal.css");
    assertThat(sheet.statusCode()).isEqualTo(200);
    assertThat(sheet.headers().firstValue("content-type").orElseThrow()).startsWith("text/css");
  }

  @Test
  void theDemoSaysSoWhenThereIsNoAuthorizationServer() throws Exception {
    assertThat(get("/demo").statusCode()).isEqualTo(502);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?code=abc",
        "?code=abc&state=def",
        "?code=abc&code=abc&state=def",
        "?error=access_denied",
        "?code=%FF",
        "?code=%3Cscript%3E"
      })
  void anAnswerThatNobodyAskedForIsRefused(String query) throws Exception {
    var answer = get("/demo/callback" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("belongs to no sign-in").doesNotContain("abc", "script>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/demo/refresh", "/demo/revoke"})
  void aFormFromElsewhereDoesNothing(String path) throws Exception {
    var request =
        HttpRequest.newBuilder(issuer.resolve(path))
            .header("cookie", "latchkey-demo=guessed")
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("csrf=guessed"));
    assertThat(HTTP.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(400);
  }

  @Test
  void aResultWithoutASessionLeadsToTheStart() throws Exception {
    var answer = get("/demo/result");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).contains("/");
  }

  private static HttpResponse<String> get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(issuer + path)).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }
}
