package dev.latchkey.family;

import org.jspecify.annotations.Nullable;

/// A token key as it is kept: wrapped, so that whoever reads the store learns nothing.
///
/// @param id 0 to 255, the first byte of each token that it made; never given out twice
/// @param wrapped the data key as KMS wrapped it
/// @param usableFrom seconds since the epoch from which new tokens are made with it
/// @param retiredAt seconds since the epoch at which it was retired; null while it is not
public record WrappedTokenKey(int id, byte[] wrapped, long usableFrom, @Nullable Long retiredAt) {
  public static final int HIGHEST_ID = 255;

  public WrappedTokenKey {
    if (id < 0 || id > HIGHEST_ID) {
      throw new IllegalArgumentException("The id of a token key is one byte");
    }
  }

  /// A key that is not retired.
  public static WrappedTokenKey of(int id, byte[] wrapped, long usableFrom) {
    return new WrappedTokenKey(id, wrapped, usableFrom, null);
  }

  public boolean isRetired() {
    return retiredAt != null;
  }

  /// Whether new tokens may be made with it.
  ///
  /// @param now seconds since the epoch
  public boolean isUsable(long now) {
    return !isRetired() && usableFrom <= now;
  }

  @Override
  public String toString() {
    return "WrappedTokenKey[id=%d, usableFrom=%d, retiredAt=%s, wrapped]"
        .formatted(id, usableFrom, retiredAt);
  }
}
