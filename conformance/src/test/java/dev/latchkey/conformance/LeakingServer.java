package dev.latchkey.conformance;

import java.io.IOException;
import java.util.Map;

/// Refuses everything, and tells each time where in its code.
final class LeakingServer extends BrokenServer {
  LeakingServer() throws IOException {}

  @Override
  Sent answer(Got got) {
    return got.path().equals("/fhir/.well-known/smart-configuration")
        ? Sent.json(200, configuration())
        : Sent.json(
            400,
            Map.of("error", "invalid_request", "error_description", "java.io.EOFException at a.b"));
  }
}
