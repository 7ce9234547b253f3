package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Wiring;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;

/// What the native app learns of Ana once she has come back from where she signed in, whichever
/// place that was.
record AnaAtTheApp(LocalWiring local, Wiring wiring, TestBrowser browser) {

  /// On her way to the place where she signs in.
  ///
  /// @return the handle of the transaction
  String arrive() {
    return browser.arriveWishing(
        Grants.SCOPE, "code_challenge", SecretHash.of(Grants.VERIFIER).value());
  }

  /// She allows some of what was asked for in [Grants#SCOPE].
  void assertKnown(TestBrowser.Answer back, String txn, long signedInAt) throws ParseException {
    assertThat(back.location())
        .isEqualTo("https://latchkey.example/interaction/consent?txn=" + txn);
    assertThat(browser.open("consent", txn).body()).contains("Ana Silva", "born 2 April 1988");
    var code = browser.allow(txn, List.of("patient/Observation.rs")).parameter("code");
    var tokens =
        new Grants(local).exchange(Objects.requireNonNull(code)).to(new TokenFunction(wiring));
    var claims = SignedJWT.parse(tokens.text("id_token")).getJWTClaimsSet();
    assertThat(claims.getClaims())
        .containsEntry("acr", "urn:example:two-factors")
        .containsEntry("amr", List.of("pwd", "otp"))
        .containsEntry("auth_time", signedInAt)
        .containsEntry("fhirUser", "https://latchkey.example/fhir/Patient/ana");
    assertThat(claims.getSubject()).matches("[A-Za-z0-9_-]{43}");
    assertThat(tokens.text("patient")).isEqualTo("ana");
  }
}
