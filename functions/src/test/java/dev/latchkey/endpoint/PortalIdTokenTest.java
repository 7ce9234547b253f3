package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.ScriptedProvider;
import dev.latchkey.contract.TestIdToken;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each reason for which an id token of the portal is not believed (OpenID Connect Core section
/// 3.1.3.7), one at a time, from the Lambda event to the answer.
class PortalIdTokenTest {
  private static final long NOW = MutableClock.START.getEpochSecond();

  @RegisterExtension
  static final ScriptedProvider provider = ScriptedProvider.start(new MutableClock());

  /// @param reason that operators read
  record Forgery(String what, String reason, UnaryOperator<TestIdToken> made) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Forgery> headers() {
    return Stream.of(
        forgery(
            "an algorithm that is not ours", "alg is not one of ours", PortalIdTokenTest::rs512),
        forgery("HS256", "alg is not one of ours", token -> token.header("alg", "HS256")),
        forgery("no algorithm", "it is no signed JWT", token -> token.header("alg", "none")),
        forgery("no alg", "it is no signed JWT", token -> token.header("alg", null)),
        forgery("an access token", "typ is not JWT", token -> token.header("typ", "at+jwt")),
        forgery("a logout token", "typ is not JWT", token -> token.header("typ", "logout+jwt")),
        forgery("no kid", "kid is missing", token -> token.header("kid", null)),
        forgery("crit", "crit is not understood", PortalIdTokenTest::critical));
  }

  static Stream<Forgery> signatures() {
    var wrong = "the signature does not hold";
    return Stream.of(
        forgery("another key", wrong, token -> token.by(ScriptedProvider.KEY_OF_NOBODY)),
        forgery("an unknown kid", wrong, token -> token.header("kid", "key-of-somebody")),
        forgery("another algorithm", wrong, token -> token.signed("SHA384withRSA")),
        forgery("a key of another type", wrong, token -> token.header("alg", "ES256")));
  }

  static Stream<Forgery> claims() {
    var tooLong = "a".repeat(256);
    return Stream.of(
        claim("iss", "https://another.example", "iss is another"),
        claim("iss", null, "iss is another"),
        claim("aud", "another-client", "aud is not this server alone"),
        claim("aud", null, "aud is not this server alone"),
        claim("aud", List.of(), "aud is not this server alone"),
        claim("aud", List.of(ScriptedProvider.CLIENT, "other"), "aud is not this server alone"),
        claim("aud", List.of("other", ScriptedProvider.CLIENT), "aud is not this server alone"),
        claim("azp", "another-client", "azp is another"),
        claim("azp", 7, "azp is another"),
        claim("exp", NOW - 60, "exp is past or missing"),
        claim("exp", null, "exp is past or missing"),
        claim("iat", NOW - 661, "iat is not of now"),
        claim("iat", NOW + 61, "iat is not of now"),
        claim("iat", null, "iat is not of now"),
        claim("nonce", "of-another-browser", "nonce is another"),
        claim("nonce", null, "nonce is another"),
        claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA", "at_hash is of another access token"),
        claim("at_hash", 7, "at_hash is of another access token"),
        claim("sub", null, "sub is missing or too long"),
        claim("sub", "", "sub is missing or too long"),
        claim("sub", tooLong, "sub is missing or too long"));
  }

  /// What looks odd and is as it should be.
  static Stream<Forgery> believed() {
    return Stream.of(
        forgery("as it is", "", token -> token),
        forgery("no typ", "", token -> token.header("typ", null)),
        forgery("typ in small letters", "", token -> token.header("typ", "jwt")),
        forgery("RS384", "", token -> token.header("alg", "RS384").signed("SHA384withRSA")),
        claim("aud", List.of(ScriptedProvider.CLIENT), ""),
        claim("azp", ScriptedProvider.CLIENT, ""),
        claim("exp", NOW - 59, ""),
        claim("iat", NOW - 660, ""),
        claim("iat", NOW + 60, ""),
        claim("at_hash", hash(), ""),
        claim("sub", "a".repeat(255), ""));
  }

  @ParameterizedTest
  @MethodSource({"headers", "signatures", "claims"})
  void whatIsWrongWithAnIdTokenIsNoticedAndOperatorsAreTold(Forgery forgery) {
    provider.handingOut(forgery.made().apply(provider.idToken(PortalCall.NONCE)));

    var answer = PortalCall.back(null).to(provider);

    assertThat(answer.answer().get("error")).isEqualTo("refused");
    assertThat(reason(answer)).isEqualTo("The id token is not believed: " + forgery.reason());
    assertThat(answer.object("user")).isEmpty();
    assertThat(answer.log())
        .singleElement()
        .asString()
        .contains("portal_refused", forgery.reason())
        .doesNotContain("ana", "Ana");
  }

  @ParameterizedTest
  @MethodSource("believed")
  void whatOnlyLooksOddIsBelieved(Forgery odd) {
    provider.handingOut(odd.made().apply(provider.idToken(PortalCall.NONCE)));

    var answer = PortalCall.back(null).to(provider);

    assertThat(answer.object("user").get("fhirUser")).as(reason(answer)).isEqualTo("Patient/ana");
    assertThat(answer.log()).isEmpty();
  }

  @Test
  void aHashOfAnAccessTokenThatDidNotComeIsNotBelieved() {
    var token = provider.idToken(PortalCall.NONCE).claim("at_hash", hash()).text();
    provider.answering(200, "{\"id_token\":\"" + token + "\"}");

    assertThat(reason(PortalCall.back(null).to(provider))).endsWith("of another access token");
  }

  @Test
  void aKeyThatIsNotForSignaturesOrTooShortOrNotAloneVerifiesNothing() throws Exception {
    var key = new RSAKeyGenerator(2048).keyID("another").generate();
    var encrypting = new RSAKey.Builder(key).keyUse(KeyUse.ENCRYPTION).build();
    var forPs256 = new RSAKey.Builder(key).algorithm(JWSAlgorithm.PS256).build();
    var token = provider.idToken(PortalCall.NONCE).header("kid", "another").by(key);

    for (var unfit : List.of(encrypting, forPs256)) {
      provider.forget();
      provider.publishing(unfit).handingOut(token);
      assertThat(reason(PortalCall.back(null).to(provider))).endsWith("signature does not hold");
    }
    provider.forget();
    provider.publishing(key).publishing(key).handingOut(token);
    assertThat(reason(PortalCall.back(null).to(provider))).endsWith("signature does not hold");
    provider.forget();
    provider.publishing(new ECKeyGenerator(Curve.P_256).keyID("another").generate());
    provider.publishing(key).handingOut(token);
    assertThat(PortalCall.back(null).to(provider).object("user")).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("noTokens")
  void whatIsNoIdTokenIsNone(String text) {
    provider.answering(200, "{\"access_token\":\"a\",\"id_token\":\"" + text + "\"}");

    assertThat(reason(PortalCall.back(null).to(provider))).endsWith("it is no signed JWT");
  }

  static Stream<String> noTokens() {
    return Stream.of("", ".", "a.b.c", "..", "a".repeat(16_385), "e30.e30.", "e30.e30.e30.e30.e30");
  }

  @Test
  void anIdTokenThatIsTooLongIsNotReadHoweverGoodItIs() {
    var token = provider.idToken(PortalCall.NONCE);
    provider.handingOut(token.claim("picture", "a".repeat(11_000)));
    assertThat(PortalCall.back(null).to(provider).object("user")).isNotEmpty();

    provider.handingOut(token.claim("picture", "a".repeat(12_000)));
    assertThat(reason(PortalCall.back(null).to(provider))).endsWith("it is no signed JWT");
  }

  private static TestIdToken rs512(TestIdToken token) {
    return token.header("alg", "RS512").signed("SHA512withRSA");
  }

  /// RFC 7515 section 4.1.11: whoever does not understand it must refuse.
  private static TestIdToken critical(TestIdToken token) {
    return token.header("crit", List.of("until")).header("until", 7);
  }

  private static String reason(Invocation answer) {
    return String.valueOf(answer.answer().get("reason"));
  }

  private static String hash() {
    var token = new BearerAccessToken(ScriptedProvider.ACCESS_TOKEN);
    return Objects.requireNonNull(AccessTokenHash.compute(token, JWSAlgorithm.RS256, null))
        .getValue();
  }

  private static Forgery forgery(String what, String reason, UnaryOperator<TestIdToken> made) {
    return new Forgery(what, reason, made);
  }

  private static Forgery claim(String name, @Nullable Object value, String reason) {
    return new Forgery(name + " " + value, reason, token -> token.claim(name, value));
  }
}
