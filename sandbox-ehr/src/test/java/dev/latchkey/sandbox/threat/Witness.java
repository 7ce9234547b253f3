package dev.latchkey.sandbox.threat;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.latchkey.sandbox.RunningSandbox;
import dev.latchkey.sandbox.flow.SmartApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/// What tokens are worth at this moment: at the FHIR API, at introspection, at the token endpoint.
final class Witness {
  private final HttpClient http = HttpClient.newHttpClient();
  private final RunningSandbox sandbox;
  private final SmartApp fhirServer;

  Witness(RunningSandbox sandbox) {
    this.sandbox = sandbox;
    fhirServer =
        new SmartApp(
            SmartApp.discover(sandbox.baseUrl()),
            sandbox.fhirBase(),
            new ClientID("demo-fhir-server"),
            Optional.of(new Secret("sandbox-secret-not-for-production")),
            URI.create("http://localhost:9000/callback"));
  }

  /// The status of a read of the patient's record.
  int read(AccessToken token) {
    var request =
        HttpRequest.newBuilder(URI.create(sandbox.fhirBase() + "/Patient/" + Patient.USERNAME))
            .header("Authorization", token.toAuthorizationHeader())
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void accepts(AccessToken token) {
    assertThat(read(token)).isEqualTo(200);
    assertThat(fhirServer.introspect(token).isActive()).isTrue();
  }

  /// Refused at the FHIR API and inactive at introspection.
  void refuses(AccessToken token) {
    assertThat(read(token)).isEqualTo(401);
    assertThat(fhirServer.introspect(token).isActive()).isFalse();
  }

  /// The grant is over: neither of these tokens works anywhere.
  void seesTheEndOf(SmartApp app, OIDCTokens tokens) {
    isRefused(app.refresh(tokens.getRefreshToken()), "invalid_grant");
    refuses(tokens.getAccessToken());
  }

  /// The grant lives, and this is its live leaf.
  ///
  /// @return what comes after it
  OIDCTokens seesTheLifeOf(SmartApp app, RefreshToken leaf) {
    var next = app.refreshed(leaf).getOIDCTokens();
    accepts(next.getAccessToken());
    return next;
  }

  static void isRefused(TokenResponse response, String code) {
    assertThat(response.indicatesSuccess()).isFalse();
    assertThat(response.toErrorResponse().getErrorObject().getCode()).isEqualTo(code);
  }
}
