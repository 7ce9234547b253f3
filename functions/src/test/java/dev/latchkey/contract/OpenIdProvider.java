package dev.latchkey.contract;

import com.nimbusds.oauth2.sdk.TokenRequest;
import dev.latchkey.portal.OpenIdPortal;
import dev.latchkey.portal.PortalSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.NettyWrapper;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/// An organisation's portal: a real OpenID provider over HTTP, at which somebody is signed in
/// already. What it says of them is for the test to choose.
public final class OpenIdProvider implements AutoCloseable {
  private static final String NAME = "portal";
  public static final String CLIENT = "latchkey-at-the-portal";
  public static final String SUBJECT = "ana-at-the-portal";

  private final MockOAuth2Server server;
  private final InstantSource clock;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private final Set<TokenRequest> redeemed = new LinkedHashSet<>();
  private final int port;

  private OpenIdProvider(InstantSource clock) throws IOException {
    this.clock = clock;
    var tokens = new OAuth2TokenProvider(new KeyProvider(), clock::instant);
    server =
        new MockOAuth2Server(
            new OAuth2Config(
                false, null, null, false, tokens, Set.of(new Saying()), new NettyWrapper()));
    port = FreePort.find();
    server.start(InetAddress.getLoopbackAddress(), port);
  }

  /// Starts it, and waits for its first answers: a portal that has only begun is slower than this
  /// server is patient.
  public static OpenIdProvider start(InstantSource clock) throws IOException, InterruptedException {
    var provider = new OpenIdProvider(clock);
    for (var address : List.of("/.well-known/openid-configuration", "/jwks")) {
      var asked = HttpRequest.newBuilder(URI.create(provider.issuer() + address)).build();
      var _ = provider.http.send(asked, BodyHandlers.ofString());
    }
    var _ = provider.server.issueToken(NAME, CLIENT, provider.new Saying());
    provider.forget();
    return provider;
  }

  /// What it says in the next id tokens, in place of what it would say by itself.
  public OpenIdProvider saying(String claim, Object value) {
    claims.put(claim, value);
    return this;
  }

  /// Says again what it says by itself: that Ana is who signed in, just now.
  public void forget() {
    claims.clear();
    redeemed.clear();
  }

  /// The codes that were redeemed.
  public List<TokenRequest> redeemed() {
    return List.copyOf(redeemed);
  }

  public String issuer() {
    return server.issuerUrl(NAME).toString();
  }

  /// This server's side of it.
  public OpenIdPortal portal() {
    return portal(issuer(), clock);
  }

  /// A portal that does not answer.
  public static OpenIdPortal silent(InstantSource clock) throws IOException {
    return portal("http://127.0.0.1:" + FreePort.find(), clock);
  }

  private static OpenIdPortal portal(String issuer, InstantSource clock) {
    return new OpenIdPortal(
        new PortalSettings(
            issuer,
            CLIENT,
            LocalWiring.ISSUER + "/fhir",
            PortalSettings.FHIR_USER,
            PortalSettings.PATIENTS),
        ThisMachine.calls(),
        clock);
  }

  /// What a browser that goes there is sent back with: the query of our address. Whoever is asked
  /// to sign in once more does so.
  public String query(String address) throws IOException, InterruptedException {
    var at = HttpRequest.newBuilder(URI.create(address));
    var answer = http.send(at.build(), BodyHandlers.ofString());
    if (answer.headers().firstValue("location").isEmpty()) {
      var form = at.header("Content-Type", "application/x-www-form-urlencoded");
      var typed = BodyPublishers.ofString("username=" + SUBJECT);
      answer = http.send(form.POST(typed).build(), BodyHandlers.ofString());
    }
    return URI.create(answer.headers().firstValue("location").orElseThrow()).getRawQuery();
  }

  @Override
  public void close() {
    server.shutdown();
    http.close();
  }

  private final class Saying implements OAuth2TokenCallback {
    @Override
    public String issuerId() {
      return NAME;
    }

    @Override
    public String subject(TokenRequest request) {
      return SUBJECT;
    }

    @Override
    public String typeHeader(TokenRequest request) {
      return "JWT";
    }

    @Override
    public List<String> audience(TokenRequest request) {
      return List.of(CLIENT);
    }

    @Override
    public Map<String, Object> addClaims(TokenRequest request) {
      redeemed.add(request);
      var said = new LinkedHashMap<String, Object>();
      said.put("name", "Ana Silva");
      said.put("birthdate", "1988-04-02");
      said.put("fhirUser", "Patient/ana");
      said.put("auth_time", clock.instant().getEpochSecond());
      said.putAll(claims);
      said.values().removeIf(""::equals);
      return said;
    }

    @Override
    public long tokenExpiry() {
      return 300;
    }
  }
}
