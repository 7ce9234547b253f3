package dev.latchkey.family;

import dev.latchkey.secret.Hmac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// What a refresh token looks like, and how one leads to the next.
///
/// `rt1_` and 92 base64url characters of: key id (1 byte), family (16), generation (4), secret
/// (32), tag (16). The tag is an HMAC over the rest, so that garbage costs no look-up and nobody
/// can forge an old generation to have a family revoked (RFC 9700 section 4.14.2 asks for this
/// integrity when the grant is named inside the token). The prefix lets secret scanners find leaked
/// tokens.
public final class RefreshTokenFormat {
  public static final int SECRET_BYTES = 32;

  private static final String PREFIX = "rt1_";
  private static final int TAG_BYTES = 16;
  private static final int SIGNED_BYTES = 1 + FamilyId.BYTES + Integer.BYTES + SECRET_BYTES;
  private static final int TEXT_LENGTH = PREFIX.length() + (SIGNED_BYTES + TAG_BYTES) * 4 / 3;

  private RefreshTokenFormat() {}

  /// The token as text, made with the key that it names.
  public static String write(RefreshToken token, TokenKey key) {
    var signed = signedPart(token);
    var bytes =
        ByteBuffer.allocate(SIGNED_BYTES + TAG_BYTES).put(signed).put(tag(key, signed)).array();
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Reads a token and checks its tag. Empty for anything that this server did not make.
  public static Optional<RefreshToken> read(String text, TokenKeys keys) {
    return decode(text)
        .flatMap(
            bytes ->
                keys.find(bytes[0] & 0xff)
                    .filter(key -> isAuthentic(bytes, key))
                    .map(key -> token(bytes)));
  }

  /// The secret of the next generation. It follows from the present one and the key, so that a
  /// repeated request gets the same token again without anything recoverable being stored.
  public static byte[] successor(TokenKey key, FamilyId family, int generation, byte[] secret) {
    return Hmac.of(
        key.nextKey(),
        "next".getBytes(StandardCharsets.US_ASCII),
        family.bytes(),
        ByteBuffer.allocate(Integer.BYTES).putInt(generation).array(),
        secret);
  }

  private static Optional<byte[]> decode(String text) {
    if (!text.startsWith(PREFIX) || text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isAuthentic(byte[] bytes, TokenKey key) {
    var signed = Arrays.copyOf(bytes, SIGNED_BYTES);
    var tag = Arrays.copyOfRange(bytes, SIGNED_BYTES, bytes.length);
    return MessageDigest.isEqual(tag, tag(key, signed));
  }

  private static RefreshToken token(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    var keyId = buffer.get() & 0xff;
    var family = new byte[FamilyId.BYTES];
    buffer.get(family);
    var generation = buffer.getInt();
    var secret = new byte[SECRET_BYTES];
    buffer.get(secret);
    return new RefreshToken(keyId, FamilyId.of(family), generation, secret);
  }

  private static byte[] signedPart(RefreshToken token) {
    return ByteBuffer.allocate(SIGNED_BYTES)
        .put((byte) token.keyId())
        .put(token.family().bytes())
        .putInt(token.generation())
        .put(token.secret())
        .array();
  }

  private static byte[] tag(TokenKey key, byte[] signed) {
    var full = Hmac.of(key.tagKey(), "tag".getBytes(StandardCharsets.US_ASCII), signed);
    return Arrays.copyOf(full, TAG_BYTES);
  }
}
