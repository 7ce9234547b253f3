package dev.latchkey.authorize;

import dev.latchkey.client.Client;
import dev.latchkey.http.AddressQuery;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.policy.ServerIdentity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A redirect URI that was found registered for this client. Only [#of] makes one, so no answer can
/// travel to an address that was not checked (RFC 9700 section 4.11.2).
public final class TrustedRedirect {
  private final String uri;

  private TrustedRedirect(String uri) {
    this.uri = uri;
  }

  /// Empty when the client did not register the URI.
  public static Optional<TrustedRedirect> of(Client client, String requested) {
    return client.redirectUris().stream().anyMatch(registered -> registered.matches(requested))
        ? Optional.of(new TrustedRedirect(requested))
        : Optional.empty();
  }

  /// The URI of a request that passed the check before.
  static TrustedRedirect of(AuthorizationRequest request) {
    return new TrustedRedirect(request.redirectUri());
  }

  /// Where the browser goes with an error (RFC 6749 section 4.1.2.1).
  String refusal(OAuthFailure failure, String state, ServerIdentity identity) {
    var members = Map.of("error", failure.code(), "error_description", failure.description());
    return answer(members, state, identity);
  }

  /// Where the browser goes with an answer. A query that was registered stays as it is, `iss` is
  /// added to every answer against mix-up (RFC 9207 section 2), and `state` comes back unchanged.
  ///
  /// @param state empty when the request had none
  public String answer(Map<String, String> members, String state, ServerIdentity identity) {
    var all = new LinkedHashMap<>(members);
    if (!state.isEmpty()) {
      all.put("state", state);
    }
    all.put("iss", identity.issuer());
    return AddressQuery.add(uri, all);
  }
}
