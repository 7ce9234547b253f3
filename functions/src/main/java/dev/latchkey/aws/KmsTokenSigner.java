package dev.latchkey.aws;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.event.OperatorEvent;
import dev.latchkey.event.OperatorEvents;
import dev.latchkey.http.Unavailable;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.KeySchedule.ScheduledKey;
import dev.latchkey.signing.SigningKeys;
import dev.latchkey.signing.SigningSchedules;
import dev.latchkey.signing.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// Signs with RS256 inside KMS: one `Sign` per token, over a digest, so that a token of any length
/// fits.
///
/// Keys are named by ARN, never by alias. An alias that moves is seen at some later time, so it
/// could sign with one key under the name of another; for the same reason each answer's key is
/// checked.
///
/// Public keys are read on first use and kept: a KMS key never changes its material.
public final class KmsTokenSigner implements TokenSigner {
  private final KmsClient kms;
  private final Supplier<KeySchedule> schedule;
  private final OperatorEvents events;
  private final Map<String, RSAKey> publicKeys = new ConcurrentHashMap<>();

  /// @param schedule asked before each use
  public KmsTokenSigner(KmsClient kms, Supplier<KeySchedule> schedule, OperatorEvents events) {
    this.kms = kms;
    this.schedule = schedule;
    this.events = events;
  }

  /// Signing keys whose schedule is kept in a store.
  ///
  /// @param first the schedule until an operator changes it
  public static SigningKeys keys(
      KmsClient kms,
      SigningSchedules store,
      KeySchedule first,
      InstantSource clock,
      OperatorEvents events) {
    return new SigningKeys(store, first, kept(kms, store, first, clock, events));
  }

  /// A signer whose schedule is kept in a store.
  static KmsTokenSigner kept(
      KmsClient kms,
      SigningSchedules store,
      KeySchedule first,
      InstantSource clock,
      OperatorEvents events) {
    return new KmsTokenSigner(kms, new KeptKeySchedule(store, first, clock), events);
  }

  @Override
  public String sign(JWTClaimsSet claims, JOSEObjectType type) {
    var arn = schedule.get().currentArn();
    try {
      return signed(arn, claims, type);
    } catch (Unavailable failure) {
      events.report(OperatorEvent.signFailed());
      throw failure;
    }
  }

  private String signed(String arn, JWTClaimsSet claims, JOSEObjectType type) {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(type)
            .keyID(publicKey(arn).getKeyID())
            .build();
    var input = new SignedJWT(header, claims).getSigningInput();
    return new String(input, StandardCharsets.US_ASCII)
        + "."
        + Base64URL.encode(signature(arn, sha256(input)));
  }

  @Override
  public JWKSet published() {
    return new JWKSet(
        schedule.get().keys().stream().map(ScheduledKey::arn).<JWK>map(this::publicKey).toList());
  }

  @Override
  public String keyId(String arn) {
    return publicKey(arn).getKeyID();
  }

  /// The `kid` of the key that signs now.
  String currentKeyId() {
    return keyId(schedule.get().currentArn());
  }

  private byte[] signature(String arn, byte[] digest) {
    var answer = AwsCalls.available("KMS", () -> sign(arn, digest));
    if (!arn.equals(answer.keyId())) {
      throw new Unavailable("The configured signing key");
    }
    return answer.signature().asByteArray();
  }

  private SignResponse sign(String arn, byte[] digest) {
    return kms.sign(
        sign ->
            sign.keyId(arn)
                .message(SdkBytes.fromByteArray(digest))
                .messageType(MessageType.DIGEST)
                .signingAlgorithm(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256));
  }

  private RSAKey publicKey(String arn) {
    return publicKeys.computeIfAbsent(arn, this::readPublicKey);
  }

  private RSAKey readPublicKey(String arn) {
    var answer = AwsCalls.available("KMS", () -> kms.getPublicKey(get -> get.keyId(arn)));
    return PublicKeys.rs256(answer.publicKey().asByteArray());
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
