package dev.latchkey.aws;

import dev.latchkey.http.Json;
import dev.latchkey.http.Unavailable;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.PortalMessage;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// Has the portal asked by the function that is made for it.
public final class LambdaPortal implements Portal {
  private final LambdaClient lambda;
  private final String function;

  /// @param function ARN of the alias of the function
  public LambdaPortal(LambdaClient lambda, String function) {
    this.lambda = lambda;
    this.function = function;
  }

  @Override
  public Optional<String> address(Departure departure) {
    return PortalMessage.address(send(PortalMessage.ask(departure)));
  }

  @Override
  public Answer identify(Return back) {
    return PortalMessage.read(send(PortalMessage.ask(back)));
  }

  /// A function that cannot be called, or breaks, is a portal that does not answer.
  private Map<String, Object> send(Map<String, Object> message) {
    var payload = SdkBytes.fromUtf8String(Json.write(message));
    try {
      var response =
          AwsCalls.available(
              "The function that asks the portal",
              () -> lambda.invoke(invoke -> invoke.functionName(function).payload(payload)));
      return response.functionError() == null
          ? Json.readObject(response.payload().asUtf8String())
          : Map.of();
    } catch (Unavailable unreachable) {
      return Map.of();
    }
  }
}
