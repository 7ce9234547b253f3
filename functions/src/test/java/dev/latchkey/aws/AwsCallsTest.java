package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.http.Unavailable;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/// A failure of AWS is an outage, and never a fault of whoever asked.
class AwsCallsTest {
  @ParameterizedTest
  @MethodSource("failures")
  void whateverTheSdkThrowsIsAnOutage(RuntimeException failure) {
    assertThatThrownBy(
            () ->
                AwsCalls.available(
                    "KMS",
                    () -> {
                      throw failure;
                    }))
        .isInstanceOf(Unavailable.class)
        .hasMessage("KMS is not available")
        .hasCause(failure);
  }

  /// The last is what a call throws that is cut off while it waits for a connection.
  static Stream<RuntimeException> failures() {
    return Stream.of(
        SdkClientException.create("Connection refused"),
        ApiCallAttemptTimeoutException.create(1_000),
        new CancellationException());
  }
}
