package dev.latchkey.sandbox.access;

import static dev.latchkey.sandbox.access.JudgedTokens.ACCESS_TOKEN;
import static dev.latchkey.sandbox.access.JudgedTokens.KEY;
import static dev.latchkey.sandbox.access.JudgedTokens.STRANGERS_KEY;
import static dev.latchkey.sandbox.access.JudgedTokens.assertRefused;
import static dev.latchkey.sandbox.access.JudgedTokens.claims;
import static dev.latchkey.sandbox.access.JudgedTokens.header;
import static dev.latchkey.sandbox.access.JudgedTokens.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Threats to the signature and the kind of an access token, one test or row each: whatever our key
/// did not sign as one is none.
class TokenSignatureTest {
  private final JudgedTokens tokens = new JudgedTokens();

  @Test
  void refusesAnUnsignedToken() {
    assertRefused(tokens.verify(new PlainJWT(claims().build()).serialize()), "malformed");
  }

  @Test
  void refusesAStrippedSignature() {
    var parts = token().split("\\.", -1);
    assertRefused(tokens.verify(parts[0] + "." + parts[1] + "."), "malformed");
  }

  @Test
  void refusesHs256KeyedWithThePublicKey() throws JOSEException {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(ACCESS_TOKEN).keyID(KEY.getKeyID()).build();
    var forged = token(header, claims().build(), new MACSigner(KEY.toRSAPublicKey().getEncoded()));
    assertRefused(tokens.verify(forged), "RS256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "RS512", "PS256"})
  void refusesAnotherAlgorithmOfTheSameKey(String algorithm) throws JOSEException {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
            .type(ACCESS_TOKEN)
            .keyID(KEY.getKeyID())
            .build();
    assertRefused(tokens.verify(token(header, claims().build(), new RSASSASigner(KEY))), "RS256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "../../../../dev/null", "' OR 1=1 --"})
  void refusesAnUnknownKeyId(String kid) {
    assertRefused(tokens.verify(token(header().keyID(kid), claims())), "signature");
  }

  @Test
  void refusesATokenWithoutKeyId() {
    assertRefused(tokens.verify(token(header().keyID(null), claims())), "signature");
  }

  @Test
  void refusesAStrangersSignatureUnderOurKeyId() throws JOSEException {
    assertRefused(
        tokens.verify(token(header().build(), claims().build(), new RSASSASigner(STRANGERS_KEY))),
        "signature");
  }

  @Test
  void ignoresKeysThatTheTokenBrings() throws JOSEException {
    var header =
        header()
            .keyID(STRANGERS_KEY.getKeyID())
            .jwk(STRANGERS_KEY.toPublicJWK())
            .jwkURL(URI.create("http://127.0.0.1:1/jwks"))
            .x509CertURL(URI.create("http://127.0.0.1:1/x5u"))
            .build();
    assertRefused(
        tokens.verify(token(header, claims().build(), new RSASSASigner(STRANGERS_KEY))),
        "signature");
  }

  @Test
  void refusesAnExtensionMarkedCritical() {
    var header = header().criticalParams(Set.of("b64")).base64URLEncodePayload(true);
    assertRefused(tokens.verify(token(header, claims())), "extension");
  }

  static Stream<JOSEObjectType> otherTypes() {
    return Stream.of(
        JOSEObjectType.JWT,
        JOSEObjectType.JOSE,
        new JOSEObjectType("dpop+jwt"),
        new JOSEObjectType("logout+jwt"));
  }

  @ParameterizedTest
  @MethodSource("otherTypes")
  void refusesOtherKindsOfJwt(JOSEObjectType type) {
    assertRefused(tokens.verify(token(header().type(type), claims())), "not an access token");
  }

  @Test
  void refusesAnIdTokenSignedWithTheSameKey() {
    var idToken = claims().audience("demo-native");
    assertRefused(tokens.verify(token(header().type(null), idToken)), "not an access token");
  }

  static Stream<Integer> positions() {
    return IntStream.range(0, 40).boxed();
  }

  @ParameterizedTest
  @MethodSource("positions")
  void refusesAFlippedBitAnywhere(int position) {
    var parts = token().split("\\.", -1);
    var part = position % 3;
    var bytes = new Base64URL(parts[part]).decode();
    bytes[(position * 7) % bytes.length] ^= (byte) (1 << (position % 8));
    parts[part] = Base64URL.encode(bytes).toString();
    assertThat(tokens.verify(String.join(".", parts))).isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "....", "eyJhbGciOiJSUzI1NiJ9..", "not a token"})
  void refusesWhatIsNoJwt(String text) {
    assertRefused(tokens.verify(text), "malformed");
  }

  @Test
  void refusesAnOverlongTokenUnread() {
    assertRefused(tokens.verify("a".repeat(8_193)), "too long");
  }
}
