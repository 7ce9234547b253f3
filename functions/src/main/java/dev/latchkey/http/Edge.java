package dev.latchkey.http;

import dev.latchkey.secret.SecretHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What stands in front of the API: CloudFront with its firewall (`infra/edge.yaml`). It adds a
/// secret to each request, so that nobody gets around it, and says who called.
///
/// @param secrets hashes of the secrets that it may send, two while one is exchanged for another;
///   none where nothing stands in front
public record Edge(List<SecretHash> secrets) {
  /// What everybody gets who comes another way. It says nothing that would help to get in.
  public static final Response REFUSAL =
      new Response(403, Map.of("cache-control", "no-store"), List.of(), "");

  /// CloudFront puts both in the place of whatever a caller sent under these names.
  static final String SECRET_HEADER = "x-latchkey-origin-secret";

  static final String CALLER_HEADER = "x-latchkey-caller-address";

  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");

  public Edge {
    secrets = List.copyOf(secrets);
  }

  /// Nothing stands in front: anybody may call.
  public static Edge none() {
    return new Edge(List.of());
  }

  /// An edge with these secrets.
  ///
  /// @param hashes comma separated, each the SHA-256 of a secret in base64url; empty for no edge
  /// @throws IllegalStateException when one is something else: a mistake must not open the door
  public static Edge of(String hashes) {
    return hashes.isEmpty()
        ? none()
        : new Edge(Stream.of(hashes.split(",", -1)).map(Edge::hash).toList());
  }

  private static SecretHash hash(String text) {
    if (!HASH.matcher(text).matches()) {
      throw new IllegalStateException(
          "LATCHKEY_ORIGIN_SECRETS has to be SHA-256 hashes in base64url, comma separated");
    }
    return new SecretHash(text);
  }

  /// The request as its caller sent it, or nothing when it did not come through the edge.
  public Optional<Request> admit(Request request) {
    if (secrets.isEmpty()) {
      return Optional.of(request);
    }
    var sent = request.header(SECRET_HEADER).orElse("");
    return secrets.stream().anyMatch(secret -> secret.matches(sent))
        ? Optional.of(request.from(request.header(CALLER_HEADER).orElse(request.sourceIp())))
        : Optional.empty();
  }
}
