package dev.latchkey.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefreshTokenFormatTest {
  private final Random random = new Random(42);
  private final TokenKey key = TokenKey.of(7, bytes(TokenKey.BYTES));
  private final TokenKeys keys = keys(key);
  private final RefreshToken token =
      new RefreshToken(7, FamilyId.of(bytes(16)), 12, bytes(RefreshTokenFormat.SECRET_BYTES));
  private final String text = RefreshTokenFormat.write(token, key);

  @Test
  void isNinetySixUnreservedCharactersWithAPrefix() {
    assertThat(text).hasSize(96).matches("rt1_[A-Za-z0-9_-]{92}");
  }

  @Test
  void readsBackWhatItWrote() {
    var read = RefreshTokenFormat.read(text, keys).orElseThrow();
    assertThat(read.keyId()).isEqualTo(7);
    assertThat(read.family()).isEqualTo(token.family());
    assertThat(read.generation()).isEqualTo(12);
    assertThat(read.secret()).isEqualTo(token.secret());
  }

  @Test
  void everyFlippedBitIsGarbage() {
    var bytes = Base64.getUrlDecoder().decode(text.substring(4));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      var forged = bytes.clone();
      forged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(read("rt1_" + encode(forged))).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void otherShapesAreGarbage() {
    assertThat(read("")).isEmpty();
    assertThat(read("rt1_")).isEmpty();
    assertThat(read(text + "A")).isEmpty();
    assertThat(read(text.substring(0, 95))).isEmpty();
    assertThat(read("rt2_" + text.substring(4))).isEmpty();
    assertThat(read("rt1_" + "!".repeat(92))).isEmpty();
    assertThat(read("rt1_" + "é".repeat(92))).isEmpty();
  }

  @Test
  void aTokenOfARetiredKeyIsGarbage() {
    assertThat(RefreshTokenFormat.read(text, keys(TokenKey.of(8, bytes(TokenKey.BYTES)))))
        .isEmpty();
  }

  @Test
  void theSuccessorDependsOnKeyFamilyGenerationAndSecret() {
    var family = FamilyId.of(bytes(16));
    var secret = bytes(32);
    var next = RefreshTokenFormat.successor(key, family, 1, secret);
    assertThat(next).hasSize(32);
    assertThat(RefreshTokenFormat.successor(key, family, 1, secret)).isEqualTo(next);
    assertThat(RefreshTokenFormat.successor(key, family, 2, secret)).isNotEqualTo(next);
    assertThat(RefreshTokenFormat.successor(key, family, 1, bytes(32))).isNotEqualTo(next);
    assertThat(RefreshTokenFormat.successor(key, FamilyId.of(bytes(16)), 1, secret))
        .isNotEqualTo(next);
    var other = TokenKey.of(7, bytes(TokenKey.BYTES));
    assertThat(RefreshTokenFormat.successor(other, family, 1, secret)).isNotEqualTo(next);
  }

  @Test
  void printsNoSecret() {
    assertThat(token.toString()).doesNotContain(encode(token.secret())).contains("redacted");
    assertThat(key.toString()).contains("redacted");
  }

  private Optional<RefreshToken> read(String candidate) {
    return RefreshTokenFormat.read(candidate, keys);
  }

  private static TokenKeys keys(TokenKey only) {
    return new TokenKeys() {
      @Override
      public TokenKey current() {
        return only;
      }

      @Override
      public Optional<TokenKey> find(int id) {
        return Optional.of(only).filter(k -> k.id() == id);
      }
    };
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
