package dev.latchkey.sandbox.portal;

import dev.latchkey.http.Json;
import dev.latchkey.http.Response;
import dev.latchkey.sandbox.gateway.Functions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `POST /sandbox/operator`: the operator function, which has no route on AWS, for whoever sits at
/// this machine. It is there only while the sandbox is this machine's own.
///
/// Nobody signs in here, so a page of another site must not get in through the browser of somebody
/// who has a sandbox running: it has to send JSON, which a form can't, and a browser says where a
/// script's request comes from (Fetch standard, `Origin`; Fetch Metadata, `Sec-Fetch-Site`).
///
/// @param issuer the sandbox's own origin
/// @param functions where the operator function is, when it is needed
record OperatorDoor(URI issuer, Supplier<Functions> functions) {
  static final String PATH = "/sandbox/operator";

  private static final String FUNCTION = "OperatorFunction";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int LARGEST_COMMAND = 16_384;

  /// The function's answer; empty where there is no such door.
  Optional<Response> answer(HttpServletRequest request) throws IOException {
    return isOpen() ? Optional.of(checked(request)) : Optional.empty();
  }

  private boolean isOpen() {
    return LOOPBACK.contains(issuer.getHost().toLowerCase(Locale.ROOT));
  }

  private Response checked(HttpServletRequest request) throws IOException {
    if (isForeign(request)) {
      return refusal(403, "forbidden", "Send the command from this machine and from no web page.");
    }
    if (!isJson(request.getContentType())) {
      return refusal(
          415, "unsupported_media_type", "Send the command as Content-Type: application/json.");
    }
    var command = request.getInputStream().readNBytes(LARGEST_COMMAND + 1);
    return command.length > LARGEST_COMMAND
        ? refusal(413, "too_large", "No command is larger than 16384 bytes.")
        : run(new String(command, StandardCharsets.UTF_8));
  }

  private Response run(String command) throws IOException {
    var answer = functions.get().invoke(FUNCTION, UUID.randomUUID().toString(), command);
    var members =
        Json.readObject(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
    return json(status(members.get("error")), answer);
  }

  private static int status(@Nullable Object error) {
    if (error == null) {
      return 200;
    }
    return error.equals("unavailable") ? 503 : 400;
  }

  /// A request without either header comes from no browser. `Origin: null` is a page that hides
  /// where it is from; none of ours sends commands.
  private boolean isForeign(HttpServletRequest request) {
    var origin = request.getHeader("origin");
    var site = request.getHeader("sec-fetch-site");
    return (origin != null && !origin.equals(issuer.toString()))
        || (site != null && !site.equals("same-origin") && !site.equals("none"));
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  private static Response refusal(int status, String error, String description) {
    return json(status, Json.write(Map.of("error", error, "description", description)));
  }

  private static Response json(int status, String body) {
    return Response.of(status, "application/json", body)
        .withHeader("x-content-type-options", "nosniff")
        .withHeader("cache-control", "no-store");
  }
}
