package dev.latchkey.endpoint;

import dev.latchkey.http.Cors;
import dev.latchkey.http.ErrorPages;
import dev.latchkey.http.JsonResponses;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import dev.latchkey.metadata.ServerMetadata;
import dev.latchkey.wiring.Wiring;

/// `GET` of the discovery documents, and of the page behind each `error_uri`.
public final class MetadataFunction extends HttpFunction {
  /// Short enough that a change is seen the same hour.
  private static final int MAX_AGE = 3600;

  private final ServerMetadata metadata;
  private final JsonResponses responses;

  /// As Lambda makes it, wired from the environment.
  public MetadataFunction() {
    this(Wiring.onAws());
  }

  public MetadataFunction(Wiring wiring) {
    super(wiring);
    metadata = new ServerMetadata(wiring.identity(), wiring.registration());
    responses = wiring.responses();
  }

  @Override
  protected Response answer(Request request) {
    var errorCode = request.pathParameters().get("code");
    return errorCode == null ? document(request.path()) : ErrorPages.page(errorCode);
  }

  private Response document(String path) {
    var document =
        switch (path) {
          case "/.well-known/openid-configuration" -> metadata.openidConfiguration();
          case "/.well-known/oauth-authorization-server" -> metadata.authorizationServer();
          case "/.well-known/oauth-protected-resource/fhir" -> metadata.protectedResource();
          default -> metadata.smartConfiguration();
        };
    return Cors.open(responses.document(document, MAX_AGE));
  }
}
