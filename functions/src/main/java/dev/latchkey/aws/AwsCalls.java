package dev.latchkey.aws;

import dev.latchkey.http.Unavailable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/// The one place where failures of AWS become [Unavailable].
final class AwsCalls {
  private AwsCalls() {}

  /// An attempt that runs out of time while it still waits for a connection ends in a
  /// `CancellationException`, which SDK 2.x with its Apache 5 client does not wrap.
  ///
  /// @param service as people name it
  static <T> T available(String service, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException | CancellationException e) {
      throw new Unavailable(service, e);
    }
  }
}
