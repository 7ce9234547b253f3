package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.CloudFormation;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.WindowKeysOn;
import dev.latchkey.endpoint.Call.Answer;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.token.AccessTokenReader;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.IdTokenReader;
import dev.latchkey.wiring.Wiring;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Access tokens that are signed with the key pair of the day, where a deployment wants that.
class WindowKeysTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final LocalWiring local =
      WindowKeysOn.start().seed(TestClients.nativeApp()).seed(TestClients.resourceServer());
  private final Grants grants = new Grants(local);
  private final TokenFunction tokens = new TokenFunction(local.wiring());

  @Test
  void theKeyInKmsSignsUntilAWindowKeyHasBeenPublishedForADay() {
    assertThat(algorithms(grants.connect(tokens))).containsExactly("RS256", "RS256");
    assertThat(published()).hasSize(2);

    // From noon to midnight, and a day.
    local.clock().advance(Duration.ofHours(36).minusSeconds(1));
    assertThat(algorithms(grants.connect(tokens))).containsExactly("RS256", "RS256");
    local.clock().advance(Duration.ofSeconds(1));
    assertThat(algorithms(grants.connect(tokens))).containsExactly("ES256", "RS256");
  }

  /// By the time of the key that was made a second before the day began.
  @Test
  void aKeyThatIsNotOldEnoughYetWaits() {
    local.clock().advance(Duration.ofHours(12).minusSeconds(1));
    grants.connect(tokens);
    local.clock().advance(Duration.ofDays(1).plusSeconds(1));
    assertThat(algorithms(grants.connect(tokens))).containsExactly("RS256", "RS256");
    local.clock().advance(A_MINUTE);
    assertThat(algorithms(grants.connect(tokens))).containsExactly("ES256", "RS256");
  }

  @Test
  void everyFunctionTakesATokenOfAWindowKey() {
    var connected = connectedByWindow();
    var token = connected.text("access_token");

    assertThat(introspected(token)).containsEntry("active", true);
    var userinfo =
        Call.get("/userinfo")
            .header("authorization", "Bearer " + token)
            .to(new UserinfoFunction(another()));
    assertThat(userinfo.status()).isEqualTo(200);
    var revoked =
        Call.post("/revoke")
            .with("client_id", TestClients.NATIVE.value())
            .with("token", token)
            .to(new RevokeFunction(another()));
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(introspected(token)).containsEntry("active", false);
    assertThat(grants.refresh(connected.text("refresh_token")).to(tokens).status()).isEqualTo(400);
  }

  @Test
  void aRefreshAsksKmsOnceAnHourAndNotForEachToken() {
    var refresh = connectedByWindow().text("refresh_token");
    local.calls().reset();

    for (int i = 0; i < 3; i++) {
      refresh = grants.refresh(refresh).to(tokens).text("refresh_token");
    }
    assertThat(local.calls().of("sign", "decrypt", "getPublicKey")).isZero();

    local.clock().advance(Duration.ofHours(1));
    var code =
        grants.code(TestClients.NATIVE, TestClients.NATIVE_REDIRECT, "launch/patient patient/*.rs");
    assertThat(algorithm(grants.exchange(code).to(tokens).text("access_token"))).isEqualTo("ES256");
    assertThat(local.calls().signs()).isZero();
    assertThat(local.calls().of("decrypt")).as("this key and the refresh-token key").isEqualTo(2);
  }

  @Test
  void aKeyWhoseItemIsDeletedIsUsedNowhereAfterAMinute() {
    var token = connectedByWindow().text("access_token");
    assertThat(introspected(token)).containsEntry("active", true);

    items().forEach(this::delete);
    local.clock().advance(A_MINUTE);

    assertThat(introspected(token)).containsEntry("active", false);
    assertThat(algorithms(grants.connect(tokens))).containsExactly("RS256", "RS256");
    assertThat(published()).as("the key in KMS, and one for the day after tomorrow").hasSize(2);
  }

  @Test
  void whenTheKeyInKmsIsDroppedSoIsWhatItCertified() {
    var token = connectedByWindow().text("access_token");
    var schedules = local.wiring().stores().signingSchedules();

    var other = KeySchedule.parse("CURRENT=" + InProcessKms.NEXT_SIGNING_KEY);
    assertThat(schedules.replace(schedules.find(), other)).isTrue();
    local.clock().advance(A_MINUTE);

    assertThat(introspected(token)).containsEntry("active", false);
    assertThat(published()).hasSize(1);
    assertThat(algorithms(grants.connect(tokens))).containsExactly("RS256", "RS256");
  }

  /// whoever can only write to the table.
  @Test
  void aKeyThatNoKeyInKmsCertifiedIsNotPublished() {
    var token = connectedByWindow().text("access_token");
    var before = published();
    var genuine = items().getFirst();

    put(genuine, "1", "cert", AttributeValue.fromS("no certificate"));
    put(genuine, "2", "cert", AttributeValue.fromS(token));
    put(genuine, "3", "cert", AttributeValue.fromS(tampered(genuine)));
    local.clock().advance(A_MINUTE);

    assertThat(published()).isEqualTo(before);
    assertThat(introspected(token)).containsEntry("active", true);
  }

  /// Whoever got at a window key has the access tokens of a day, and nothing else.
  @Test
  void aWindowKeySignsNoIdTokenAndNoCertificate() throws Exception {
    var connected = connectedByWindow();
    var idToken = SignedJWT.parse(connected.text("id_token"));
    var window = SignedJWT.parse(connected.text("access_token")).getHeader().getKeyID();
    var reader = new IdTokenReader(local.wiring().identity(), local.wiring().signer());
    assertThat(reader.read(idToken.serialize())).isPresent();

    var forged = forged(window, JOSEObjectType.JWT, idToken);

    assertThat(reader.read(forged)).isEmpty();
    var asAccessToken = forged(window, AccessTokens.TYPE, idToken);
    var accessTokens = new AccessTokenReader(local.wiring().identity(), local.wiring().signer());
    assertThat(accessTokens.authentic(asAccessToken)).as("the forger has that key").isPresent();
  }

  /// Days in which the key in KMS is rotated too. Every token is good, at every instance and for a
  /// verifier that keeps the key set for an hour, for as long as it lives.
  @Test
  void noVerifierNoticesThatDaysPassOrThatTheKeyInKmsChanges() throws Exception {
    var days = new WindowTraffic(local);
    days.run(Duration.ofHours(50));
    days.operator("add-signing-key");
    days.run(Duration.ofHours(25));
    days.operator("apply-signing-keys");
    days.run(Duration.ofHours(4));
    days.operator("apply-signing-keys");
    days.run(Duration.ofHours(50));

    assertThat(days.failures()).isZero();
    assertThat(days.verified()).isGreaterThan(300);
    assertThat(days.algorithms()).containsExactlyInAnyOrder("RS256", "ES256");
    assertThat(days.keys()).as("two in KMS, and one for each day with a window").hasSize(5);
  }

  @Test
  void onlyFunctionsThatSignMayMakeAndUnwrapWindowKeys() {
    assertThat(actions("SignWithWindowKeys"))
        .containsExactlyInAnyOrder(
            "dynamodb:PutItem",
            "dynamodb:Query",
            "kms:GenerateDataKeyPairWithoutPlaintext",
            "kms:Decrypt");
    assertThat(actions("ReadWindowKeys")).containsExactly("dynamodb:Query");
  }

  private static List<String> actions(String policy) {
    var properties = CloudFormation.read("infra/roles.yaml").properties(policy);
    var document = CloudFormation.map(properties.get("PolicyDocument"));
    return CloudFormation.maps(document, "Statement").stream()
        .map(statement -> statement.get("Action"))
        .flatMap(action -> action instanceof List<?> many ? many.stream() : Stream.of(action))
        .map(String::valueOf)
        .toList();
  }

  @Test
  void withoutTheSettingNothingIsMadeAndNothingOfItPublished() {
    var token = connectedByWindow().text("access_token");
    var off = LocalWiring.start();
    var settings = local.settings();
    assertThat(settings.signsWithWindowKeys()).isTrue();
    assertThat(off.settings().signsWithWindowKeys()).isFalse();

    grants(off).connect(new TokenFunction(off.wiring()));
    off.clock().advance(TWO_DAYS);

    assertThat(algorithms(grants(off).connect(new TokenFunction(off.wiring()))))
        .containsExactly("RS256", "RS256");
    assertThat(off.calls().of("generateDataKeyPairWithoutPlaintext")).isZero();
    assertThat(
            new AccessTokenReader(off.wiring().identity(), off.wiring().signer()).authentic(token))
        .isEmpty();
  }

  private static Grants grants(LocalWiring other) {
    return new Grants(other.seed(TestClients.nativeApp()));
  }

  /// A native app that got its access token in a window.
  private Answer connectedByWindow() {
    grants.connect(tokens);
    local.clock().advance(TWO_DAYS);
    var connected = grants.connect(tokens);
    assertThat(algorithms(connected)).containsExactly("ES256", "RS256");
    return connected;
  }

  private static List<String> algorithms(Answer connected) {
    return List.of(
        algorithm(connected.text("access_token")), algorithm(connected.text("id_token")));
  }

  private static String algorithm(String token) {
    try {
      return SignedJWT.parse(token).getHeader().getAlgorithm().getName();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> introspected(String token) {
    return Call.post("/introspect")
        .header("authorization", Grants.basic(TestClients.SERVER.value(), TestClients.WEB_SECRET))
        .with("token", token)
        .to(new IntrospectFunction(another()))
        .json();
  }

  private List<JWK> published() {
    return another().signer().published().getKeys();
  }

  /// An instance that has read nothing yet.
  private Wiring another() {
    return Wiring.from(local.settings(), local.aws(), _ -> {}, local.clock(), Entropy.secure());
  }

  private List<Map<String, AttributeValue>> items() {
    return local
        .aws()
        .dynamoDb()
        .query(
            query ->
                query
                    .tableName(local.settings().tables().registry())
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("D"))))
        .items();
  }

  private void delete(Map<String, AttributeValue> item) {
    local
        .aws()
        .dynamoDb()
        .deleteItem(
            delete ->
                delete
                    .tableName(local.settings().tables().registry())
                    .key(Map.of("pk", value(item, "pk"), "sk", value(item, "sk"))));
  }

  private void put(
      Map<String, AttributeValue> item, String sort, String name, AttributeValue other) {
    var changed = new HashMap<>(item);
    changed.put("sk", AttributeValue.fromS(value(item, "sk").s() + sort));
    changed.put(name, other);
    local
        .aws()
        .dynamoDb()
        .putItem(put -> put.tableName(local.settings().tables().registry()).item(changed));
  }

  private static String tampered(Map<String, AttributeValue> item) {
    var certificate = value(item, "cert").s();
    var dot = certificate.lastIndexOf('.');
    return certificate.substring(0, dot - 1) + "A" + certificate.substring(dot);
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name));
  }

  /// The claims of a token under the signature of a window key, which this test unwraps by itself.
  private String forged(String keyId, JOSEObjectType type, SignedJWT token)
      throws JOSEException, ParseException, GeneralSecurityException {
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(keyId).build();
    var forged = new SignedJWT(header, token.getJWTClaimsSet());
    forged.sign(new ECDSASigner(privateKey(keyId), Curve.P_256));
    return forged.serialize();
  }

  private ECPrivateKey privateKey(String keyId) throws ParseException, GeneralSecurityException {
    for (var item : items()) {
      var claims = SignedJWT.parse(value(item, "cert").s()).getJWTClaimsSet();
      if (keyId.equals(claims.getJSONObjectClaim("jwk").get("kid"))) {
        var context = Map.of("use", "window", "day", claims.getStringClaim("day"));
        var plaintext =
            local
                .aws()
                .kms()
                .decrypt(
                    decrypt ->
                        decrypt
                            .keyId(InProcessKms.TOKEN_KEY)
                            .ciphertextBlob(value(item, "wrapped").b())
                            .encryptionContext(context))
                .plaintext();
        var spec = new PKCS8EncodedKeySpec(plaintext.asByteArray());
        return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
      }
    }
    throw new IllegalStateException("There is no window key " + keyId);
  }
}
