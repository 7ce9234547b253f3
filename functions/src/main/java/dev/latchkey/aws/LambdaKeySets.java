package dev.latchkey.aws;

import dev.latchkey.client.KeySetSource;
import dev.latchkey.http.Json;
import dev.latchkey.http.Unavailable;
import dev.latchkey.jwks.KeySetMessage;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// Has key sets read by the function that is made for it.
public final class LambdaKeySets implements KeySetSource {
  private final LambdaClient lambda;
  private final String function;

  /// @param function ARN of the alias of the function
  public LambdaKeySets(LambdaClient lambda, String function) {
    this.lambda = lambda;
    this.function = function;
  }

  /// @throws Unavailable when the function cannot be called, which is no fault of the client's
  @Override
  public Answer read(String jwksUri) {
    var payload = SdkBytes.fromUtf8String(Json.write(KeySetMessage.ask(jwksUri)));
    var response =
        AwsCalls.available(
            "The function that reads key sets",
            () -> lambda.invoke(invoke -> invoke.functionName(function).payload(payload)));
    return response.functionError() == null
        ? KeySetMessage.read(Json.readObject(response.payload().asUtf8String()))
        : new Answer.Failed();
  }
}
