package dev.latchkey.sandbox.portal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderConfigurationRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.latchkey.sandbox.contents.DemoApp;
import dev.latchkey.sandbox.portal.DemoSession.Waiting;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// The demo browser app as a SMART client: discovery, authorization request, code exchange,
/// refresh, revocation and logout, over HTTP and with a client library, exactly as an app elsewhere
/// would do it.
final class DemoClient {
  /// What the app asks for. Vaccinations are left out on purpose, so that a refusal can be seen.
  static final Scope SCOPES =
      Scope.parse(
          "openid fhirUser launch/patient offline_access patient/Patient.rs patient/Observation.rs"
              + " patient/Condition.rs patient/MedicationRequest.rs");

  /// What it asks for when the EHR opened it: the patient comes with what is open there.
  static final Scope SCOPES_IN_THE_EHR =
      Scope.parse(SCOPES.toString().replace("launch/patient", "launch"));

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int LARGEST_KEY_SET = 50_000;

  private final Issuer issuer;
  private final URI fhirBase;
  private final ClientID id;
  private final URI redirectUri;
  private final URI afterLogout;
  private final SSLSocketFactory sockets;

  /// @param trust which servers the app believes
  DemoClient(URI issuer, URI fhirBase, List<DemoApp> apps, SSLContext trust) {
    var app =
        apps.stream().filter(a -> a.clientId().equals("demo-browser")).findFirst().orElseThrow();
    this.issuer = new Issuer(issuer);
    this.fhirBase = fhirBase;
    this.sockets = trust.getSocketFactory();
    this.id = new ClientID(app.clientId());
    this.redirectUri = URI.create(app.redirectUris().getFirst());
    this.afterLogout = URI.create(Objects.requireNonNull(app.afterLogout()).getFirst());
  }

  Issuer issuer() {
    return issuer;
  }

  URI fhirBase() {
    return fhirBase;
  }

  /// The callback as the browser called it, without trusting the `Host` header.
  ///
  /// @throws IllegalArgumentException when the query is none
  URI callback(@Nullable String query) {
    return URI.create(redirectUri + "?" + Objects.requireNonNullElse(query, ""));
  }

  /// Asks the FHIR server where to authorize (SMART 2.2, conformance).
  Endpoints discover() throws IOException, ParseException {
    var url = URI.create(fhirBase + "/.well-known/smart-configuration").toURL();
    var answer = limited(new HTTPRequest(HTTPRequest.Method.GET, url)).send();
    answer.ensureStatusCode(200);
    return Endpoints.of(answer.getBodyAsJSONObject());
  }

  /// Where to send the browser (SMART 2.2, app launch).
  ///
  /// @param launch what the EHR opened the app with; empty for a standalone launch
  URI authorizationRequest(Waiting waiting, Optional<String> launch) {
    var request =
        new AuthenticationRequest.Builder(ResponseType.CODE, waiting.asked(), id, redirectUri)
            .endpointURI(waiting.endpoints().authorization())
            .state(waiting.state())
            .nonce(waiting.nonce())
            .codeChallenge(waiting.verifier(), CodeChallengeMethod.S256)
            .customParameter("aud", fhirBase.toString());
    launch.ifPresent(handle -> request.customParameter("launch", handle));
    return request.build().toURI();
  }

  /// Exchanges the code for tokens.
  ///
  /// @throws TokensRefused when the token endpoint says no
  OIDCTokenResponse exchange(Endpoints endpoints, AuthorizationCode code, CodeVerifier verifier)
      throws IOException, ParseException {
    return tokens(endpoints, new AuthorizationCodeGrant(code, redirectUri, verifier));
  }

  /// Exchanges a refresh token for new tokens.
  ///
  /// @throws TokensRefused when the token endpoint says no
  OIDCTokenResponse refresh(Endpoints endpoints, RefreshToken token)
      throws IOException, ParseException {
    return tokens(endpoints, new RefreshTokenGrant(token));
  }

  /// Gives the access back.
  ///
  /// @return whether the revocation endpoint accepted (RFC 7009 section 2.2)
  boolean revoke(Endpoints endpoints, RefreshToken token) throws IOException {
    var request = new TokenRevocationRequest(endpoints.revocation(), id, token);
    return limited(request.toHTTPRequest()).send().indicatesSuccess();
  }

  /// Where to send the browser to sign the person out (OpenID Connect RP-Initiated Logout 1.0).
  /// Only the OpenID configuration says where that is.
  ///
  /// @param idToken of whoever signed in; without one the server asks them
  URI logoutRequest(@Nullable JWT idToken) throws IOException, ParseException {
    var configuration = new OIDCProviderConfigurationRequest(issuer).toHTTPRequest();
    var provider = OIDCProviderMetadata.parse(limited(configuration).send().getBodyAsJSONObject());
    return new LogoutRequest(
            provider.getEndSessionEndpointURI(), idToken, null, id, afterLogout, null, null)
        .toURI();
  }

  /// Checks the ID token (OpenID Connect Core section 3.1.3.7) and reads who signed in.
  ///
  /// @return a FHIR reference; empty when there is no ID token or it doesn't say
  String signedInUser(Endpoints endpoints, OIDCTokenResponse tokens, Nonce nonce)
      throws IOException, ParseException {
    var idToken = tokens.getOIDCTokens().getIDToken();
    if (idToken == null) {
      return "";
    }
    var validator =
        new IDTokenValidator(
            issuer, id, JWSAlgorithm.RS256, endpoints.keys().toURL(), keySetRetriever());
    try {
      var claims = validator.validate(idToken, nonce);
      return Objects.requireNonNullElse(claims.getStringClaim("fhirUser"), "");
    } catch (BadJOSEException | JOSEException e) {
      throw new ParseException("The ID token is not acceptable", e);
    }
  }

  private OIDCTokenResponse tokens(Endpoints endpoints, AuthorizationGrant grant)
      throws IOException, ParseException {
    var request = new TokenRequest.Builder(endpoints.token(), id, grant).build();
    var answer = OIDCTokenResponseParser.parse(limited(request.toHTTPRequest()).send());
    if (!answer.indicatesSuccess()) {
      throw new TokensRefused(answer.toErrorResponse().getErrorObject());
    }
    return (OIDCTokenResponse) answer.toSuccessResponse();
  }

  private ResourceRetriever keySetRetriever() {
    return new DefaultResourceRetriever(
        PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST_KEY_SET, true, sockets);
  }

  private HTTPRequest limited(HTTPRequest request) {
    request.setSSLSocketFactory(sockets);
    request.setConnectTimeout(PATIENCE_MILLIS);
    request.setReadTimeout(PATIENCE_MILLIS);
    return request;
  }
}
