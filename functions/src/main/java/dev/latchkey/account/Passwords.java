package dev.latchkey.account;

import dev.latchkey.secret.Entropy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Password hashes: Argon2id (RFC 9106) with 19 MiB, two passes and one lane, which is what the
/// OWASP Password Storage Cheat Sheet asks for, in the usual encoded form
/// `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
public final class Passwords {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private static final Pattern ENCODED =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9]{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  /// The hash of no password. It costs as much to compare with as a real one, so that an unknown
  /// user answers as late as a known one. Nobody signs in with it.
  public static final String NONE =
      "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"
          + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private Passwords() {}

  /// Hashes a new password with a fresh salt.
  public static String hash(String password, Entropy entropy) {
    var salt = entropy.bytes(SALT_BYTES);
    var hash = argon2id(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  /// Whether `password` is the one that was hashed; false, after the same time, without a hash.
  ///
  /// @throws IllegalArgumentException when what is stored is not such a hash
  public static boolean matches(String password, Optional<String> encoded) {
    var parts = parts(encoded.orElse(NONE));
    var base64 = Base64.getDecoder();
    var expected = base64.decode(parts.group(5));
    var actual =
        argon2id(
            password,
            base64.decode(parts.group(4)),
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)),
            expected.length);
    return MessageDigest.isEqual(expected, actual) && encoded.isPresent();
  }

  private static Matcher parts(String encoded) {
    var parts = ENCODED.matcher(encoded);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "A stored password hash is not in Argon2id's encoded form");
    }
    return parts;
  }

  /// NFKC first: one keyboard sends `é` as one character and another as two (NIST SP 800-63B
  /// section 5.1.1.2).
  private static byte[] argon2id(
      String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
    var parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build();
    var generator = new Argon2BytesGenerator();
    generator.init(parameters);
    var hash = new byte[length];
    var normalised = Normalizer.normalize(password, Normalizer.Form.NFKC);
    generator.generateBytes(normalised.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
