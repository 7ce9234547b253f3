package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.CloudFormation;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.WindowKeysOn;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.token.AccessTokenReader;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Access tokens that are signed with the key pair of the day, where a deployment wants that.
class WindowKeysTest extends WindowKeySuite {
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
            .to(new UserinfoFunction(local.another()));
    assertThat(userinfo.status()).isEqualTo(200);
    var revoked =
        Call.post("/revoke")
            .with("client_id", TestClients.NATIVE.value())
            .with("token", token)
            .to(new RevokeFunction(local.another()));
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

    items.deleteAll();
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
    assertThat(CloudFormation.read("infra/roles.yaml").properties("SignWithWindowKeys"))
        .containsEntry("Roles", List.of("TokenRole", "RefreshRole"));
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

  /// Over the same tables: whoever switches it off goes back to the key in KMS at once.
  @Test
  void withoutTheSettingNothingIsMadeAndNothingOfItPublished() {
    var token = connectedByWindow().text("access_token");
    var off = LocalWiring.over(WindowKeysOn.with(local.settings(), false), local.aws());
    off.clock().set(local.clock().instant().plus(TWO_DAYS));
    var kept = items.all();

    assertThat(algorithms(new Grants(off).connect(new TokenFunction(off.wiring()))))
        .containsExactly("RS256", "RS256");
    assertThat(off.wiring().signer().published().getKeys()).hasSize(1);
    assertThat(items.all()).isEqualTo(kept);
    var reader = new AccessTokenReader(off.wiring().identity(), off.wiring().signer());
    assertThat(reader.authentic(token)).isEmpty();
  }
}
