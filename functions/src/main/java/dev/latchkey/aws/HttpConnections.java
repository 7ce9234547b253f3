package dev.latchkey.aws;

import dev.latchkey.http.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/// The connections to AWS: one client for all services, made when the first needs it, since each
/// would read every trusted certificate again.
public final class HttpConnections {
  static final SdkHttpClient CLIENT = open();

  private HttpConnections() {}

  /// Others, for who closes them.
  static SdkHttpClient open() {
    return Apache5HttpClient.builder().connectionTimeout(Duration.ofSeconds(2)).build();
  }

  /// Opens a connection to DynamoDB, sends some requests over it that need no right and say
  /// nothing, and closes it: a copy of a snapshot must not find it, since it would be dead.
  ///
  /// @param emulator where LocalStack listens; empty on AWS
  /// @throws Unavailable when that cannot be done
  public static void greet(String region, Optional<URI> emulator, int requests) {
    var address =
        emulator
            .orElse(URI.create("https://dynamodb." + region + ".amazonaws.com"))
            .resolve("/ping");
    try {
      for (int i = 1; i <= requests; i++) {
        ping(address, i == requests ? "close" : "keep-alive");
      }
    } catch (IOException e) {
      throw new Unavailable("DynamoDB", e);
    }
  }

  private static void ping(URI address, String connection) throws IOException {
    var ping =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(address)
            .putHeader("Connection", connection)
            .build();
    var request = HttpExecuteRequest.builder().request(ping).build();
    var answer = CLIENT.prepareRequest(request).call();
    if (answer.responseBody().isPresent()) {
      // Read to its end, or the connection could not be used again.
      try (var body = answer.responseBody().get()) {
        var _ = body.readAllBytes();
      }
    }
  }
}
