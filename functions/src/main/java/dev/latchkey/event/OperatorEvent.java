package dev.latchkey.event;

/// Something that an operator should know. It holds no token, no secret, no user and no patient.
///
/// @param kind what happened
/// @param client the app's `client_id`, or empty
/// @param family the whole family id, or empty; a log shows only its beginning
/// @param generation of the refresh token that was presented, or -1
public record OperatorEvent(Kind kind, String client, String family, int generation) {

  /// Each with its line in `docs/operations.md`.
  public enum Kind {
    /// A used refresh token came back.
    REUSE("reuse"),
    /// Three generations in a row were asked for twice.
    SHADOW_SUSPECTED("shadow_suspected"),
    /// Six generations in a row were asked for twice; the family is revoked.
    SHADOW("shadow"),
    /// An authentic token is newer than the table.
    GENERATION_AHEAD("generation_ahead"),
    /// An authentic token has a secret that its family never had.
    UNKNOWN_SECRET("unknown_secret"),
    /// KMS did not sign, or signed with another key.
    SIGN_FAILED("sign_failed"),
    /// The `jwks_uri` of an app leads to where no app's keys can be.
    KEY_SET_BLOCKED("key_set_blocked"),
    /// Somebody keeps sending wrong secrets for a client.
    WRONG_SECRETS("wrong_secrets"),
    /// Somebody was answered `invalid_client`.
    INVALID_CLIENT("invalid_client");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /// As logs, metrics and the documentation name it.
    public String label() {
      return label;
    }
  }

  /// About a client that did not prove itself.
  ///
  /// @param client a registered one; empty for a stranger, who could put anything there
  public static OperatorEvent invalidClient(String client) {
    return new OperatorEvent(Kind.INVALID_CLIENT, client, "", -1);
  }

  /// About the signing key, for no family in particular.
  public static OperatorEvent signFailed() {
    return new OperatorEvent(Kind.SIGN_FAILED, "", "", -1);
  }
}
