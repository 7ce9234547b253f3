package dev.latchkey.contract;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.events.LambdaContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// Lambda with one function, which runs in this process. As on AWS, one that throws is answered
/// with 200 and an error of the function.
public final class InProcessLambda implements LambdaClient {
  private final String arn;
  private final RequestStreamHandler handler;
  private final List<String> payloads = new ArrayList<>();

  public InProcessLambda(String arn, RequestStreamHandler handler) {
    this.arn = arn;
    this.handler = handler;
  }

  /// What the function was sent.
  public List<String> payloads() {
    return List.copyOf(payloads);
  }

  @Override
  public InvokeResponse invoke(InvokeRequest request) {
    if (!request.functionName().equals(arn)) {
      throw ResourceNotFoundException.builder().message("Function not found").build();
    }
    payloads.add(request.payload().asUtf8String());
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(request.payload().asByteArray()), out, new LambdaContext());
      return answer(out.toByteArray()).build();
    } catch (IOException | RuntimeException thrown) {
      return answer("{\"errorMessage\":\"thrown\"}".getBytes(StandardCharsets.UTF_8))
          .functionError("Unhandled")
          .build();
    }
  }

  private static InvokeResponse.Builder answer(byte[] payload) {
    return InvokeResponse.builder().statusCode(200).payload(SdkBytes.fromByteArray(payload));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
