package dev.latchkey.family;

import dev.latchkey.secret.Entropy;
import java.util.Base64;
import java.util.regex.Pattern;

/// The name of a refresh-token family: 16 random bytes as 22 base64url characters. It is the `sid`
/// of access tokens and is no secret.
public record FamilyId(String value) {
  public static final int BYTES = 16;

  /// Characters of its text.
  public static final int LENGTH = 22;

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");

  public static FamilyId fresh(Entropy entropy) {
    return of(entropy.bytes(BYTES));
  }

  public static FamilyId of(byte[] bytes) {
    return new FamilyId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// Whether it could be the id of a family; strangers and operators may write anything.
  public boolean isWellFormed() {
    return WELL_FORMED.matcher(value).matches();
  }

  public byte[] bytes() {
    return Base64.getUrlDecoder().decode(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
