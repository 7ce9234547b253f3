package dev.latchkey.sandbox.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.conformance.deployment.ClientHello;
import dev.latchkey.conformance.deployment.ClientHello.FirstRecord;
import dev.latchkey.http.Json;
import dev.latchkey.sandbox.BesideOthers;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.sandbox.flow.PatientBrowser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sandbox with the profile `tls`, called by somebody who was given its certificate's file.
@BesideOthers
class TlsProfileTest {
  private static final RunningSandbox SANDBOX =
      RunningSandbox.of("tls", Map.of("spring.profiles.active", "tls"));

  private final HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build();

  @Test
  void discoveryNamesHttpsAddressesOnly() throws Exception {
    var issuer = SANDBOX.baseUrl().toString();
    assertThat(issuer).startsWith("https://localhost:");

    var configuration = json("/fhir/.well-known/smart-configuration");

    assertThat(configuration).containsEntry("issuer", issuer);
    assertThat(configuration.values())
        .filteredOn(value -> String.valueOf(value).startsWith("http"))
        .hasSizeGreaterThan(6)
        .allSatisfy(value -> assertThat(value.toString()).startsWith(issuer));
    assertThat(get("/sandbox/apps").body()).contains(issuer + "/demo/callback");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void theCertificateFitsTheNamesOfThisMachine(String host) throws Exception {
    var url = "https://" + host + ":" + SANDBOX.baseUrl().getPort() + "/jwks";

    assertThat(send(URI.create(url)).statusCode()).isEqualTo(200);
  }

  @Test
  void cookiesAreForHttpsAndThisHostOnly() throws Exception {
    var request =
        "/authorize?response_type=code&client_id=demo-native&state=any-unguessable-value"
            + "&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback&scope=launch%2Fpatient"
            + "&code_challenge_method=S256"
            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&aud="
            + SANDBOX.fhirBase();

    assertThat(get(request).headers().allValues("set-cookie"))
        .isNotEmpty()
        .allSatisfy(
            cookie -> assertThat(cookie).startsWith("__Host-latchkey-").endsWith("; Secure"));
  }

  /// The demo app calls the sandbox over https, as an app elsewhere would.
  @Test
  void theDemoAppConnectsAndReads() {
    var browser = new PatientBrowser(SANDBOX.baseUrl().toString(), http);
    var signIn = browser.press(browser.open(SANDBOX.baseUrl() + "/"), "/demo");
    var typed = Map.of("username", "kendal", "password", "sandbox-kendal");
    var consent = browser.submit(signIn, typed, _ -> true, "allow");
    var callback = browser.submit(consent, Map.of(), _ -> true, "allow");

    var result = browser.open(callback.uri().toString());

    assertThat(result.isAt("/demo/result")).as(result.body()).isTrue();
    assertThat(result.page().text()).contains("Kendal125 Reynolds644");
  }

  @ParameterizedTest
  @ValueSource(ints = {ClientHello.TLS_1_0, ClientHello.TLS_1_1})
  void dis15_oldVersionsOfTlsAreRefused(int version) throws Exception {
    assertThat(ClientHello.send("localhost", SANDBOX.baseUrl().getPort(), version))
        .isEqualTo(new FirstRecord(FirstRecord.ALERT, FirstRecord.PROTOCOL_VERSION));
  }

  /// The same message that is refused above, but for its version.
  @Test
  void dis15_theOldestVersionThatIsServedIs12() throws Exception {
    assertThat(
            ClientHello.send("localhost", SANDBOX.baseUrl().getPort(), ClientHello.TLS_1_2).type())
        .isEqualTo(FirstRecord.HANDSHAKE);
  }

  private Map<String, Object> json(String path) throws Exception {
    return Json.readObject(
        new ByteArrayInputStream(get(path).body().getBytes(StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(URI.create(SANDBOX.baseUrl() + path));
  }

  private HttpResponse<String> send(URI url) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }

  private static SSLContext trusting() {
    var data = SANDBOX.bean(SandboxSettings.class).dataFolder();
    try (var in = Files.newInputStream(LocalCertificate.in(data).certificate())) {
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "sandbox", CertificateFactory.getInstance("X.509").generateCertificate(in));
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
