package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.CloudFormation;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.contract.ScriptedProvider;
import dev.latchkey.contract.ThisMachine;
import dev.latchkey.http.Json;
import dev.latchkey.http.Unavailable;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.KeySignature;
import dev.latchkey.signing.TokenSigner;
import dev.latchkey.wiring.PortalWiring;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How this server proves itself to the portal when it redeems a code.
class PortalClientTest {
  private static final MutableClock clock = new MutableClock();

  @RegisterExtension static final ScriptedProvider provider = ScriptedProvider.start(clock);

  private final TokenSigner key = LookupDeployment.signer();

  /// With a key of its own, which signs nothing that this server issues.
  @Test
  void itsRoleMaySignWithThatKeyAndReadItsPublicHalfAndNothingElse() {
    var policy = CloudFormation.read("infra/roles.yaml").properties("ProveItselfToOthers");

    assertThat(policy).containsEntry("Roles", List.of("PortalRole"));
    var statements =
        CloudFormation.maps(CloudFormation.map(policy.get("PolicyDocument")), "Statement");
    assertThat(statements)
        .extracting(s -> s.get("Action"))
        .containsExactly("kms:Sign", "kms:GetPublicKey");
    assertThat(statements).extracting(s -> s.get("Resource")).containsOnly("PortalKeyArn");
  }

  @Test
  void aConfidentialClientSignsAnAssertionForTheTokenEndpointAndProvesTheCodeToo()
      throws Exception {
    var ids = new HashSet<String>();
    for (int i = 0; i < 2; i++) {
      provider.forget();
      provider.handingOut(provider.idToken(PortalCall.NONCE));
      assertThat(ask("private_key_jwt", key).object("user")).isNotEmpty();

      var sent = provider.redeemed().getFirst();
      assertThat(sent.get("client_assertion_type"))
          .hasValue("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      assertThat(sent.get("code_verifier")).isPresent();
      var assertion = SignedJWT.parse(sent.get("client_assertion").orElseThrow());
      assertThat(KeySignature.holds(assertion, key.published().getKeys().getFirst())).isTrue();
      assertThat(assertion.getHeader().getKeyID())
          .isEqualTo(key.published().getKeys().getFirst().getKeyID());
      var claims = assertion.getJWTClaimsSet();
      assertThat(claims.getIssuer()).isEqualTo(ScriptedProvider.CLIENT);
      assertThat(claims.getSubject()).isEqualTo(ScriptedProvider.CLIENT);
      assertThat(claims.getAudience()).isEqualTo(List.of(provider.issuer() + "/token"));
      assertThat(claims.getIssueTime().toInstant()).isEqualTo(clock.instant());
      assertThat(claims.getExpirationTime().toInstant()).isEqualTo(clock.instant().plusSeconds(60));
      ids.add(claims.getJWTID());
    }
    assertThat(ids).hasSize(2);
  }

  /// Before a snapshot there is nobody to ask, and no right to ask with.
  @Test
  void makingTheFunctionAsksNobody() {
    provider.forget();

    var _ = function("private_key_jwt", new Away());

    assertThat(provider.asked()).isEmpty();
  }

  @Test
  void aPublicClientSignsNothing() {
    provider.handingOut(provider.idToken(PortalCall.NONCE));

    assertThat(ask("none", key).object("user")).isNotEmpty();

    var sent = provider.redeemed().getFirst();
    assertThat(sent.get("client_assertion")).isEmpty();
    assertThat(sent.get("client_assertion_type")).isEmpty();
  }

  @Test
  void whileTheKeyCannotBeUsedNobodySignsInAndNoCodeIsLost() {
    var answer = ask("private_key_jwt", new Away());

    assertThat(answer.answer()).isEqualTo(Map.of("error", "unreachable"));
    assertThat(provider.redeemed()).isEmpty();
    var function = new PortalFunction(Optional.empty(), Optional.of(new Away()));
    assertThat(Invocation.of(function, "{\"keys\":{}}").answer())
        .isEqualTo(Map.of("error", "unreachable"));
  }

  private Invocation ask(String authentication, TokenSigner signer) {
    return Invocation.of(
        function(authentication, signer), Json.write(PortalCall.back(null).event()));
  }

  private PortalFunction function(String authentication, TokenSigner signer) {
    var environment =
        Map.of(
            "LATCHKEY_ISSUER",
            "https://latchkey.example",
            "LATCHKEY_PORTAL_ISSUER",
            provider.issuer(),
            "LATCHKEY_PORTAL_CLIENT_ID",
            ScriptedProvider.CLIENT,
            "LATCHKEY_PORTAL_AUTHENTICATION",
            authentication);
    var parts =
        PortalWiring.parts(
            environment, Optional.of(signer), ThisMachine.calls(), clock, Entropy.secure());
    return new PortalFunction(parts.portal(), parts.key());
  }

  private static final class Away implements TokenSigner {
    @Override
    public String sign(JWTClaimsSet claims, JOSEObjectType type) {
      throw new Unavailable("KMS");
    }

    @Override
    public JWKSet published() {
      throw new Unavailable("KMS");
    }

    @Override
    public String keyId(String arn) {
      throw new Unavailable("KMS");
    }
  }
}
