package dev.latchkey.aws;

import dev.latchkey.http.Unavailable;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/// The one place where failures of KMS become [Unavailable].
final class KmsCalls {
  private KmsCalls() {}

  static <T> T available(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new Unavailable("KMS", e);
    }
  }
}
