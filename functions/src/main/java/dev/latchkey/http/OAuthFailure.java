package dev.latchkey.http;

/// A protocol answer that says no.
///
/// @param code the error code of the endpoint's RFC, such as `invalid_grant`
/// @param status the HTTP status, 4xx or 503
/// @param description what to fix, in plain ASCII words without quotes (RFC 6749 section 5.2)
public record OAuthFailure(String code, int status, String description) {
  public static OAuthFailure invalidRequest(String description) {
    return new OAuthFailure("invalid_request", 400, description);
  }

  public static OAuthFailure invalidGrant(String description) {
    return new OAuthFailure("invalid_grant", 400, description);
  }

  public static OAuthFailure invalidClient(String description) {
    return new OAuthFailure("invalid_client", 401, description);
  }

  /// Nothing is wrong with the request itself: the same one may be sent again in a moment.
  public static OAuthFailure tooManyRequests(String description) {
    return new OAuthFailure("temporarily_unavailable", 429, description);
  }

  /// As [#tooManyRequests], for trouble on this side.
  public static OAuthFailure unavailable(String description) {
    return new OAuthFailure("temporarily_unavailable", 503, description);
  }

  /// RFC 9449 section 5.
  public static OAuthFailure invalidProof(String description) {
    return new OAuthFailure("invalid_dpop_proof", 400, description);
  }

  /// RFC 8707 section 2.
  ///
  /// @param what names another FHIR server than ours, such as `The parameter resource`
  public static OAuthFailure invalidTarget(String what) {
    return new OAuthFailure(
        "invalid_target", 400, what + " is not the FHIR base URL of this server.");
  }

  public static OAuthFailure invalidScope(String description) {
    return new OAuthFailure("invalid_scope", 400, description);
  }
}
