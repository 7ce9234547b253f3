package dev.latchkey.sandbox.threat;

import com.nimbusds.oauth2.sdk.token.RefreshToken;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Refresh tokens made of a real one by flipping one bit.
final class Forgeries {
  private static final String PREFIX = "rt1_";
  private static final int FAMILY = 1;
  private static final int GENERATION = 17;
  private static final int SECRET = 21;

  private Forgeries() {}

  /// Every bit of the key id and of the generation, and one bit of each other byte: family, secret
  /// and tag.
  static List<RefreshToken> of(RefreshToken real) {
    var bytes = bytes(real);
    var forged = new ArrayList<RefreshToken>();
    for (int at = 0; at < bytes.length; at++) {
      var everyBit = at < FAMILY || (at >= GENERATION && at < SECRET);
      for (int bit = 0; bit < 8; bit++) {
        if (everyBit || bit == at % 8) {
          var copy = bytes.clone();
          copy[at] ^= (byte) (1 << bit);
          forged.add(new RefreshToken(PREFIX + Base64.getUrlEncoder().encodeToString(copy)));
        }
      }
    }
    return forged;
  }

  /// What a refresh token says.
  static byte[] bytes(RefreshToken token) {
    return Base64.getUrlDecoder().decode(token.getValue().substring(PREFIX.length()));
  }
}
