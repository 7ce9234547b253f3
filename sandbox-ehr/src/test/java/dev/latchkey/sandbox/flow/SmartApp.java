package dev.latchkey.sandbox.flow;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderConfigurationRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A SMART app made of a real client library, so that this server is read by somebody else's
/// parser.
///
/// @param provider what the app discovered
/// @param fhirBase the `aud` of its requests
/// @param secret for a confidential client
/// @param assertion makes one for each request of a client that signs
public record SmartApp(
    OIDCProviderMetadata provider,
    URI fhirBase,
    ClientID id,
    Optional<Secret> secret,
    Optional<Supplier<ClientAuthentication>> assertion,
    URI redirectUri) {

  public SmartApp(
      OIDCProviderMetadata provider,
      URI fhirBase,
      ClientID id,
      Optional<Secret> secret,
      URI redirectUri) {
    this(provider, fhirBase, id, secret, Optional.empty(), redirectUri);
  }

  /// The same app, proving itself with a key.
  public SmartApp signingWith(ECKey key, InstantSource clock) {
    return new SmartApp(
        provider,
        fhirBase,
        id,
        Optional.empty(),
        Optional.of(() -> assertion(key, clock.instant())),
        redirectUri);
  }

  /// A started authorization, as the app remembers it.
  public record Started(URI uri, State state, Nonce nonce, CodeVerifier verifier) {}

  public static OIDCProviderMetadata discover(URI issuer) {
    try {
      var request = new OIDCProviderConfigurationRequest(new Issuer(issuer));
      return OIDCProviderMetadata.parse(request.toHTTPRequest().send().getBodyAsJSONObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  public Started start(String scope) {
    var state = new State();
    var nonce = new Nonce();
    var verifier = new CodeVerifier();
    var request =
        new AuthenticationRequest.Builder(ResponseType.CODE, Scope.parse(scope), id, redirectUri)
            .endpointURI(provider.getAuthorizationEndpointURI())
            .state(state)
            .nonce(nonce)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .customParameter("aud", fhirBase.toString())
            .build();
    return new Started(request.toURI(), state, nonce, verifier);
  }

  /// The code of a successful callback, after the checks that an app must make.
  public AuthorizationCode code(Started started, URI callback) {
    try {
      var response = AuthorizationResponse.parse(callback);
      if (!response.indicatesSuccess()) {
        throw new AssertionError(response.toErrorResponse().getErrorObject().toJSONObject());
      }
      var success = response.toSuccessResponse();
      if (!started.state().equals(success.getState())
          || !provider.getIssuer().equals(success.getIssuer())) {
        throw new AssertionError("Foreign answer: " + callback);
      }
      return success.getAuthorizationCode();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  public TokenResponse exchange(Started started, AuthorizationCode code) {
    return token(new AuthorizationCodeGrant(code, redirectUri, started.verifier()));
  }

  public OIDCTokenResponse exchanged(Started started, AuthorizationCode code) {
    return success(exchange(started, code));
  }

  /// A token for the app itself, without a user.
  public TokenResponse serve(String scope) {
    return token(new ClientCredentialsGrant(), Scope.parse(scope));
  }

  public TokenResponse refresh(RefreshToken token) {
    return token(new RefreshTokenGrant(token));
  }

  public OIDCTokenResponse refreshed(RefreshToken token) {
    return success(refresh(token));
  }

  public HTTPResponse revoke(Token token) {
    var endpoint = provider.getRevocationEndpointURI();
    var request =
        authentication()
            .map(auth -> new TokenRevocationRequest(endpoint, auth, token))
            .orElseGet(() -> new TokenRevocationRequest(endpoint, id, token));
    try {
      return request.toHTTPRequest().send();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a token is worth; only for a confidential client.
  public TokenIntrospectionSuccessResponse introspect(AccessToken token) {
    var endpoint = provider.getIntrospectionEndpointURI();
    try {
      return TokenIntrospectionSuccessResponse.parse(
          new TokenIntrospectionRequest(endpoint, authentication().orElseThrow(), token)
              .toHTTPRequest()
              .send());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private TokenResponse token(AuthorizationGrant grant) {
    return token(grant, null);
  }

  private TokenResponse token(AuthorizationGrant grant, @Nullable Scope scope) {
    var endpoint = provider.getTokenEndpointURI();
    var request =
        authentication()
            .map(auth -> new TokenRequest.Builder(endpoint, auth, grant))
            .orElseGet(() -> new TokenRequest.Builder(endpoint, id, grant))
            .scope(scope)
            .build();
    try {
      return OIDCTokenResponseParser.parse(request.toHTTPRequest().send());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<ClientAuthentication> authentication() {
    return assertion
        .map(Supplier::get)
        .or(() -> secret.map(value -> new ClientSecretBasic(id, value)));
  }

  private PrivateKeyJWT assertion(ECKey key, Instant now) {
    var claims =
        new JWTAuthenticationClaimsSet(
            id,
            new Audience(provider.getTokenEndpointURI()).toSingleAudienceList(),
            Date.from(now.plusSeconds(60)),
            null,
            Date.from(now),
            new JWTID());
    try {
      return new PrivateKeyJWT(
          claims, JWSAlgorithm.ES384, key.toPrivateKey(), key.getKeyID(), null);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static OIDCTokenResponse success(TokenResponse response) {
    if (!response.indicatesSuccess()) {
      throw new AssertionError(response.toErrorResponse().getErrorObject().toJSONObject());
    }
    return (OIDCTokenResponse) response.toSuccessResponse();
  }
}
