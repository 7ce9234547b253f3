package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.conformance.app.App;
import dev.latchkey.conformance.app.AppKind;
import dev.latchkey.conformance.app.Assertion;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Apps that prove themselves with a key (SMART 2.2, asymmetric authentication). Most checks send a
/// code that never was: an app that is believed is told so of the code, another one of itself.
final class KeyApps {
  private KeyApps() {}

  static Group group() {
    return new Group(
        "Apps with a key",
        "g(10) part 9, asymmetric launch; SMART backend services, invalid assertions",
        List.of(
            new Check(
                "TOK-10",
                "an app with a key is believed, with each of its keys",
                KeyApps::believed),
            new Check("TOK-10", "it gets its tokens and refreshes them", KeyApps::launch),
            new Check("TOK-10", "a key that nobody registered is refused", KeyApps::otherKey),
            new Check("TOK-9", "an assertion that lacks a claim is refused", KeyApps::lacking),
            new Check("TOK-11", "one for another audience is refused", KeyApps::otherAudience),
            new Check("TOK-12", "one that is old or lives too long is refused", KeyApps::times),
            new Check("TOK-12", "one is good for one use", KeyApps::replayed),
            new Check("BKS-3", "another client_assertion_type is refused", KeyApps::otherType)));
  }

  private static App app(Server server) throws Unmet, NotApplicable {
    server.needs("client-confidential-asymmetric");
    return server.app(AppKind.KEY);
  }

  private static String error(Server server, Map<String, String> assertion)
      throws Unmet, NotApplicable {
    var form = new HashMap<>(assertion);
    form.put("grant_type", "authorization_code");
    form.put("code", "BAD_CODE");
    form.put("redirect_uri", app(server).redirectUri());
    form.put("code_verifier", "w".repeat(73));
    return server
        .http()
        .post(server.endpoint("token_endpoint"), form, Map.of())
        .with(400, 401)
        .error();
  }

  private static void assertRefused(Server server, Assertion assertion, String what)
      throws Unmet, NotApplicable {
    var error = error(server, assertion.parameters());
    unless(error.equals("invalid_client"), "%s is answered %s".formatted(what, error));
  }

  private static void believed(Server server) throws Unmet, NotApplicable {
    for (var app : List.of(app(server), app(server).withOtherKey())) {
      var error = error(server, app.assertion(server).parameters());
      unless(error.equals("invalid_grant"), "A good assertion is answered " + error);
    }
  }

  private static void launch(Server server) throws Unmet, NotApplicable {
    server.needs("client-confidential-asymmetric");
    var granted = server.granted(Launch.KEY);
    TokenAnswers.assertWhole(granted);
    var form =
        Map.of("grant_type", "refresh_token", "refresh_token", granted.text("refresh_token"));
    var answer = granted.app().withOtherKey().post(server, "token_endpoint", form).with(200).json();
    TokenAnswers.assertWhole(answer, 3600);
    var _ =
        server
            .read("/Patient/" + granted.text("patient"), String.valueOf(answer.get("access_token")))
            .with(200);
  }

  private static void otherKey(Server server) throws Unmet, NotApplicable {
    var good = app(server).assertion(server);
    try {
      var stranger = new ECKeyGenerator(Curve.P_384).keyID(good.key().getKeyID()).generate();
      assertRefused(server, new Assertion(good.claims(), stranger), "A stranger's key");
      var unknown = new ECKeyGenerator(Curve.P_384).keyID("no-such-key").generate();
      assertRefused(server, new Assertion(good.claims(), unknown), "An unknown kid");
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void lacking(Server server) throws Unmet, NotApplicable {
    for (var claim : List.of("iss", "sub", "aud", "exp", "jti")) {
      var good = app(server).assertion(server);
      assertRefused(
          server, good.with(claims -> claims.claim(claim, null)), "An assertion without " + claim);
    }
  }

  private static void otherAudience(Server server) throws Unmet, NotApplicable {
    for (var audience : List.of(server.fhirBase().toString(), "https://other.example/token")) {
      var good = app(server).assertion(server);
      assertRefused(server, good.with(claims -> claims.audience(audience)), "aud " + audience);
    }
  }

  private static void times(Server server) throws Unmet, NotApplicable {
    for (var life : List.of(Duration.ofMinutes(-10), Duration.ofMinutes(10))) {
      var good = app(server).assertion(server);
      assertRefused(server, good.with(claims -> until(claims, life)), "exp in " + life);
    }
  }

  private static JWTClaimsSet.Builder until(JWTClaimsSet.Builder claims, Duration life) {
    return claims.expirationTime(Date.from(Instant.now().plus(life)));
  }

  private static void replayed(Server server) throws Unmet, NotApplicable {
    var assertion = app(server).assertion(server);
    var first = error(server, assertion.parameters());
    unless(first.equals("invalid_grant"), "Its first use is answered " + first);
    assertRefused(server, assertion, "Its second use");
  }

  private static void otherType(Server server) throws Unmet, NotApplicable {
    var parameters = new HashMap<>(app(server).assertion(server).parameters());
    parameters.put("client_assertion_type", "not_an_assertion_type");
    var error = error(server, parameters);
    unless(!error.equals("invalid_grant"), "The assertion was believed");
  }
}
