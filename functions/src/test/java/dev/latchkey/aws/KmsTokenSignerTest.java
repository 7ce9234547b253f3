package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.contract.CountedCalls;
import dev.latchkey.contract.Faults;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.RecordedEvents;
import dev.latchkey.contract.TokenSignerContract;
import dev.latchkey.event.OperatorEvent;
import dev.latchkey.http.Unavailable;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.TokenSigner;
import java.text.ParseException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SignResponse;

class KmsTokenSignerTest extends TokenSignerContract {
  private static final KmsClient KMS = new InProcessKms();
  private static final KeySchedule TWO_KEYS =
      KeySchedule.parse(
          "NEXT=" + InProcessKms.NEXT_SIGNING_KEY + ",CURRENT=" + InProcessKms.SIGNING_KEY);
  private static final JWTClaimsSet CLAIMS = new JWTClaimsSet.Builder().subject("x").build();

  private final CountedCalls calls = new CountedCalls();
  private final RecordedEvents events = new RecordedEvents();
  private final TokenSigner signer =
      new KmsTokenSigner(calls.around(KmsClient.class, KMS), () -> TWO_KEYS, events);

  @Override
  protected TokenSigner signer() {
    return signer;
  }

  @Test
  void callsNothingBeforeItIsNeeded() {
    assertThat(calls.counts()).isEmpty();
  }

  @Test
  void signsOncePerTokenAndReadsEachPublicKeyOnce() {
    for (int i = 0; i < 3; i++) {
      signer.sign(CLAIMS, JOSEObjectType.JWT);
      signer.published();
    }

    assertThat(calls.counts()).containsOnly(entry("sign", 3), entry("getPublicKey", 2));
  }

  @Test
  void publishesTheNextKeyAndSignsWithTheCurrentOne() throws ParseException {
    var current =
        new KmsTokenSigner(
            KMS, () -> KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY), events);
    var currentId = current.published().getKeys().getFirst().getKeyID();

    var token = SignedJWT.parse(signer.sign(CLAIMS, JOSEObjectType.JWT));

    assertThat(signer.published().getKeys()).hasSize(2);
    assertThat(token.getHeader().getKeyID()).isEqualTo(currentId);
  }

  @Test
  void neverHandsOutASignatureOfAnotherKey() {
    var moved = new KmsTokenSigner(new MovedAlias(), () -> TWO_KEYS, events);

    assertThatThrownBy(() -> moved.sign(CLAIMS, JOSEObjectType.JWT))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("signing key");
    assertThat(events.kinds()).containsExactly(OperatorEvent.Kind.SIGN_FAILED);
  }

  @Test
  void saysSoWhenKmsCannotBeReached() {
    var signer = new KmsTokenSigner(Faults.unreachable(KmsClient.class), () -> TWO_KEYS, events);

    assertThatThrownBy(() -> signer.sign(CLAIMS, JOSEObjectType.JWT))
        .isInstanceOf(Unavailable.class)
        .hasMessage("KMS is not available");
    assertThat(events.kinds()).containsExactly(OperatorEvent.Kind.SIGN_FAILED);
    assertThatThrownBy(signer::published).isInstanceOf(Unavailable.class);
  }

  /// Answers with the key behind an alias that somebody has moved.
  private static final class MovedAlias implements KmsClient {
    @Override
    public SignResponse sign(SignRequest request) {
      return KMS.sign(request).toBuilder().keyId(InProcessKms.NEXT_SIGNING_KEY).build();
    }

    @Override
    public GetPublicKeyResponse getPublicKey(GetPublicKeyRequest request) {
      return KMS.getPublicKey(request);
    }

    @Override
    public String serviceName() {
      return "kms";
    }

    @Override
    public void close() {}
  }
}
