package dev.latchkey.cli;

import dev.latchkey.http.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// The operator function on AWS.
///
/// @param function its name or ARN
record FunctionTarget(LambdaClient lambda, String function) implements Target {
  /// The alias that every deployment moves.
  private static final String ALIAS = "live";

  /// With the credentials and the region that the AWS CLI would take.
  ///
  /// @param region empty for that of the profile or of the environment
  /// @param profile empty for the default one
  static FunctionTarget of(String function, Optional<String> region, Optional<String> profile) {
    var credentials = DefaultCredentialsProvider.builder();
    profile.ifPresent(credentials::profileName);
    var lambda =
        LambdaClient.builder()
            .credentialsProvider(credentials.build())
            .httpClientBuilder(Apache5HttpClient.builder())
            .overrideConfiguration(c -> profile.ifPresent(c::defaultProfileName));
    region.map(Region::of).ifPresent(lambda::region);
    try {
      return new FunctionTarget(lambda.build(), function);
    } catch (SdkException e) {
      throw unreachable(function, e);
    }
  }

  @Override
  public Map<String, Object> send(Map<String, Object> command) {
    try {
      return read(
          lambda.invoke(
              invoke ->
                  invoke
                      .functionName(function)
                      .qualifier(ALIAS)
                      .payload(SdkBytes.fromUtf8String(Json.write(command)))));
    } catch (SdkException e) {
      throw unreachable(function, e);
    }
  }

  private Map<String, Object> read(InvokeResponse response) {
    if (response.functionError() != null) {
      throw new Unreachable(
          "The function %s failed. Its log says why. The command may be half done."
              .formatted(function));
    }
    try {
      return Json.readObject(response.payload().asInputStream());
    } catch (IOException e) {
      throw new Unreachable("The function %s is no operator function.".formatted(function), e);
    }
  }

  @Override
  public void close() {
    lambda.close();
  }

  private static Unreachable unreachable(String function, SdkException e) {
    return new Unreachable(
        "The function %s cannot be invoked: %s".formatted(function, e.getMessage()), e);
  }
}
