package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Grants.assertRefused;
import static dev.latchkey.endpoint.Registrations.nativeApp;
import static dev.latchkey.endpoint.Registrations.webApp;
import static dev.latchkey.endpoint.Registrations.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.registration.Allowance;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.registration.StatementIssuer;
import dev.latchkey.scope.ScopeSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Registration with a software statement (RFC 7591 section 2.3).
class RegisterStatementsTest {
  private static final String ISSUER = "https://trust.example.org";
  private static final Instant NOW = MutableClock.START;
  private static final ECKey KEY = Registrations.key("t1");

  private final Registrations registrations =
      in(RegistrationMode.STATEMENT, IdentityLevel.REGISTERED);

  private static Registrations in(RegistrationMode mode, IdentityLevel level) {
    var issuer =
        new StatementIssuer(
            ISSUER,
            new JWKSet(KEY.toPublicJWK()),
            new Allowance(level, ScopeSet.parse("openid launch/patient patient/*.rs"), false));
    return Registrations.over(
        LocalWiring.start(
            LocalWiring.ISSUER, RegistrationPolicy.of(mode, List.of(issuer), List.of())));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plus(Duration.ofDays(30))))
        .claim("software_id", "diary")
        .claim("client_name", "Diary as reviewed")
        .claim("redirect_uris", List.of("https://reviewed.example.org/callback"));
  }

  private static String signed(JWTClaimsSet claims) {
    return signed(claims, new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("t1").build(), KEY);
  }

  private static String signed(JWTClaimsSet claims, JWSHeader header, ECKey key) {
    try {
      return signed(claims, header, new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(JWTClaimsSet claims, JWSHeader header, JWSSigner signer)
      throws JOSEException {
    var statement = new SignedJWT(header, claims);
    statement.sign(signer);
    return statement.serialize();
  }

  private Call.Answer registerWith(String statement) {
    return registrations.register(with(webApp(), "software_statement", statement));
  }

  @Test
  void whatTheStatementSaysWins() {
    var statement = signed(claims().build());
    var answer =
        registrations.register(
            with(
                webApp(),
                "client_name",
                "Something else",
                "software_id",
                "mine",
                "software_version",
                "3",
                "software_statement",
                statement));

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json())
        .containsEntry("client_name", "Diary as reviewed")
        .containsEntry("software_id", "diary")
        .containsEntry("software_version", "3")
        .containsEntry("redirect_uris", List.of("https://reviewed.example.org/callback"))
        .containsEntry("software_statement", statement);
    assertThat(registrations.kept(answer).registration().level())
        .isEqualTo(IdentityLevel.REGISTERED);
    assertThat(registrations.kept(answer).scopes().spelled())
        .isEqualTo("openid launch/patient patient/*.rs");
  }

  @Test
  void anIssuerThatVerifiesVouchesForTheName() {
    var verifying = in(RegistrationMode.STATEMENT, IdentityLevel.VERIFIED);
    var answer =
        verifying.register(
            with(
                webApp(),
                "software_statement",
                signed(claims().claim("client_name", "Latchkey Mobile").build())));

    assertThat(verifying.kept(answer).registration().level()).isEqualTo(IdentityLevel.VERIFIED);
  }

  @Test
  void isAskedForWhereNothingElseWillDo() {
    assertRefused(registrations.register(webApp()), 400, "invalid_software_statement");
    assertThat(registrations.register(webApp(), registrations.initialAccessToken(1)).status())
        .isEqualTo(201);
  }

  @Test
  void countsInAnOpenServerToo() {
    var open = in(RegistrationMode.OPEN, IdentityLevel.REGISTERED);

    var answer = open.register(with(webApp(), "software_statement", signed(claims().build())));

    assertThat(open.kept(answer).registration().level()).isEqualTo(IdentityLevel.REGISTERED);
    assertRefused(
        open.register(with(webApp(), "software_statement", "x.y.z")),
        400,
        "invalid_software_statement");
  }

  @Test
  void addsToWhatATokenAllows() {
    var verifying = in(RegistrationMode.TOKEN, IdentityLevel.VERIFIED);
    var token = verifying.initialAccessToken(1, "offline_access", false);

    var answer =
        verifying.register(with(webApp(), "software_statement", signed(claims().build())), token);

    assertThat(verifying.kept(answer).registration().level()).isEqualTo(IdentityLevel.VERIFIED);
    assertThat(answer.text("scope")).isEqualTo("offline_access openid launch/patient patient/*.rs");
  }

  @Test
  void itsOwnContentIsHeldToTheSameRules() {
    assertRefused(
        registerWith(signed(claims().claim("redirect_uris", List.of("javascript:x")).build())),
        400,
        "invalid_redirect_uri");
    assertRefused(
        registrations.register(
            with(
                nativeApp(),
                "software_statement",
                signed(
                    claims().claim("token_endpoint_auth_method", "client_secret_basic").build()))),
        400,
        "invalid_client_metadata");
    assertRefused(
        registerWith(signed(claims().claim("client_name", List.of("a")).build())),
        400,
        "invalid_client_metadata");
  }

  @Test
  void refusesIssuersThatNobodyTrusts() {
    assertRefused(
        registerWith(signed(claims().issuer("https://evil.example").build())),
        400,
        "unapproved_software_statement");
    assertRefused(
        registerWith(signed(claims().issuer(null).build())), 400, "unapproved_software_statement");
  }

  @Test
  void refusesBadSignatures() throws JOSEException {
    var other = Registrations.key("t1");
    var good = signed(claims().build());
    var header = new JWSHeader.Builder(JWSAlgorithm.ES384);
    for (var bad :
        List.of(
            signed(claims().build(), header.keyID("t1").build(), other),
            signed(claims().build(), header.keyID("t2").build(), KEY),
            signed(claims().build(), header.keyID(null).build(), KEY),
            signed(claims().build(), header.keyID("t2").jwk(other.toPublicJWK()).build(), other),
            signed(
                claims().build(),
                new JWSHeader.Builder(JWSAlgorithm.HS384).keyID("t1").build(),
                new MACSigner(KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))),
            new PlainJWT(claims().build()).serialize(),
            good.substring(0, good.length() - 6),
            good.replaceFirst("\\..*\\.", ".e30."),
            "",
            "x",
            "..",
            "a.b.c.d.e")) {
      var answer = registerWith(bad);
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.text("error"))
          .as(bad)
          .isIn("invalid_software_statement", "unapproved_software_statement");
    }
    assertRefused(
        registerWith(signed(claims().build(), header.keyID("t1").build(), other)),
        400,
        "invalid_software_statement");
  }

  @Test
  void refusesWhatIsNotCurrent() {
    for (var bad :
        List.of(
            claims().expirationTime(null),
            claims().expirationTime(Date.from(NOW)),
            claims().expirationTime(Date.from(NOW.plus(Duration.ofDays(367)))),
            claims().notBeforeTime(Date.from(NOW.plusSeconds(120))))) {
      assertRefused(registerWith(signed(bad.build())), 400, "invalid_software_statement");
    }
  }

  @Test
  void refusesWhatIsForSomebodyElse() {
    assertRefused(
        registerWith(signed(claims().audience("https://other.example").build())),
        400,
        "invalid_software_statement");
    assertThat(registerWith(signed(claims().audience(LocalWiring.ISSUER).build())).status())
        .isEqualTo(201);
  }

  @Test
  void refusesWhatNamesNoSoftware() {
    assertRefused(
        registerWith(signed(claims().claim("software_id", null).build())),
        400,
        "invalid_software_statement");
  }

  @Test
  void refusesAStatementThatIsNoText() {
    assertRefused(
        registrations.register(with(webApp(), "software_statement", List.of("a"))),
        400,
        "invalid_software_statement");
  }
}
