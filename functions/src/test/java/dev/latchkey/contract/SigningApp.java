package dev.latchkey.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCredentials;
import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientKeys;
import dev.latchkey.client.ClientProfile;
import dev.latchkey.client.RedirectUri;
import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// An app that signs client assertions. Its keys live as long as the process, since making them
/// takes longer than most tests.
public record SigningApp(ClientId id, ECKey ec, RSAKey rsa) {
  public static final String REDIRECT = "https://signing.example/callback";

  private static final Map<String, SigningApp> MADE = new ConcurrentHashMap<>();

  public static SigningApp called(String id) {
    return MADE.computeIfAbsent(id, SigningApp::made);
  }

  private static SigningApp made(String id) {
    try {
      return new SigningApp(
          new ClientId(id),
          new ECKeyGenerator(Curve.P_384).keyID("ec-1").generate(),
          new RSAKeyGenerator(2048).keyID("rsa-1").generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Its key set, as it publishes it.
  public String jwks() {
    return new JWKSet(List.of(ec, rsa)).toString(true);
  }

  /// Registered with its keys.
  public Client registered() {
    return registered(ClientKeys.inline(jwks()));
  }

  public Client registered(ClientKeys keys) {
    return new Client(
        id,
        ClientProfile.named("Test signing app", "An app for tests."),
        ApplicationType.WEB,
        ClientCredentials.keys(keys),
        List.of(new RedirectUri(REDIRECT)),
        ScopeSet.parse(TestClients.SCOPES),
        MutableClock.START.getEpochSecond());
  }

  /// An assertion that nothing is wrong with.
  public String assertion(Instant now) {
    return assertion(now, claims -> claims);
  }

  /// An assertion with other claims.
  public String assertion(Instant now, UnaryOperator<JWTClaimsSet.Builder> changed) {
    return signed(header(ec, JWSAlgorithm.ES384).build(), changed.apply(claims(now)).build(), ec);
  }

  public JWTClaimsSet.Builder claims(Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(id.value())
        .subject(id.value())
        .audience(LocalWiring.ISSUER + "/token")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .jwtID(UUID.randomUUID().toString());
  }

  public static JWSHeader.Builder header(JWK key, JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID());
  }

  /// A JWT with that header, signed with that key whatever the header says.
  public static String signed(JWSHeader header, JWTClaimsSet claims, JWK key) {
    try {
      JWSSigner signer =
          key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey());
      var jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
