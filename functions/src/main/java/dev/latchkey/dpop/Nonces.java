package dev.latchkey.dpop;

import dev.latchkey.family.TokenKey;
import dev.latchkey.family.TokenKeys;
import dev.latchkey.policy.ProofPolicy;
import dev.latchkey.secret.Hmac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// Values of ours that a proof has to name, so that nobody can make proofs ahead of time (RFC 9449
/// sections 8 and 11.2).
///
/// 28 base64url characters of: key id (1 byte), period (4), tag (16). The tag is an HMAC under a
/// token key, which every instance reads from the store and no snapshot holds. Nothing is kept.
public record Nonces(TokenKeys keys) {
  private static final int TAG_BYTES = 16;
  private static final int BYTES = 1 + Integer.BYTES + TAG_BYTES;

  /// Keeps these tags apart from those of refresh tokens, which begin with `tag`.
  private static final byte[] LABEL = "dpop nonce".getBytes(StandardCharsets.US_ASCII);

  /// A nonce of the present period.
  public String fresh(Instant now) {
    return write(keys.current(), period(now));
  }

  /// Whether this server made it, in this period or the one before. One period ahead passes too: it
  /// is of an instance whose clock is ahead.
  boolean isCurrent(String nonce, Instant now) {
    var bytes = decode(nonce);
    if (bytes.length != BYTES) {
      return false;
    }
    var period = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    return Math.abs(period - period(now)) <= 1
        && keys.find(bytes[0] & 0xff)
            .filter(key -> MessageDigest.isEqual(bytes, bytes(key, period)))
            .isPresent();
  }

  private static String write(TokenKey key, int period) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(key, period));
  }

  private static byte[] bytes(TokenKey key, int period) {
    var counted = ByteBuffer.allocate(Integer.BYTES).putInt(period).array();
    var tag = Arrays.copyOf(Hmac.of(key.tagKey(), LABEL, counted), TAG_BYTES);
    return ByteBuffer.allocate(BYTES).put((byte) key.id()).put(counted).put(tag).array();
  }

  private static int period(Instant now) {
    return Math.toIntExact(now.getEpochSecond() / ProofPolicy.NONCE_PERIOD.toSeconds());
  }

  private static byte[] decode(String nonce) {
    try {
      return Base64.getUrlDecoder().decode(nonce);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
