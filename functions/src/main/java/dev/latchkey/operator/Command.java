package dev.latchkey.operator;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.WrappedTokenKey;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.registration.Allowance;
import dev.latchkey.secret.SecretHash;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an operator may ask for. Another command is a record here, a line in [CommandReader] that
/// gives it a name, and a use case that [Operator] leads to.
public sealed interface Command {
  /// `list-token-keys`: which keys of refresh tokens there are.
  record ListTokenKeys() implements Command {}

  /// `rotate-token-key`: plan another key, which makes new tokens when every instance knows it.
  record RotateTokenKey() implements Command {}

  /// `retire-token-key`: the refresh tokens of one key are garbage from now on.
  ///
  /// @param keyId 0 to 255
  record RetireTokenKey(int keyId) implements Command {
    public RetireTokenKey {
      if (keyId < 0 || keyId > WrappedTokenKey.HIGHEST_ID) {
        throw new IllegalArgumentException(
            "keyId has to be between 0 and %d.".formatted(WrappedTokenKey.HIGHEST_ID));
      }
    }
  }

  /// `retire-all-token-keys`: every refresh token there is is garbage from now on.
  record RetireAllTokenKeys() implements Command {}

  /// `plan-signing-keys`: which signing keys there are, and what comes next.
  record PlanSigningKeys() implements Command {}

  /// `add-signing-key`: publishes a key that will sign later.
  ///
  /// @param key ARN of a KMS key
  record AddSigningKey(String key) implements Command {
    private static final Pattern ARN =
        Pattern.compile("arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+");

    public AddSigningKey {
      if (!ARN.matcher(key).matches()) {
        throw new IllegalArgumentException("key has to be the ARN of a KMS key.");
      }
    }
  }

  /// `apply-signing-keys`: takes the step that comes next, if it is safe.
  record ApplySigningKeys() implements Command {}

  /// `drop-signing-key`: a key that others may know is gone at once.
  ///
  /// @param key its ARN
  record DropSigningKey(String key) implements Command {}

  /// `drop-window-keys`: window keys that others may know are gone at once.
  ///
  /// @param keyId the `kid` of one; empty for all
  record DropWindowKeys(Optional<String> keyId) implements Command {}

  /// `revoke-family`: one grant ends.
  record RevokeFamily(FamilyId family) implements Command {
    public RevokeFamily {
      if (!family.isWellFormed()) {
        throw new IllegalArgumentException("family has to be the 22 characters of a token's sid.");
      }
    }
  }

  /// `revoke-app`: everything that anybody allowed an app ends.
  record RevokeApp(ClientId client) implements Command {}

  /// `remove-app`: as `revoke-app`, and the registration ends too.
  record RemoveApp(ClientId client) implements Command {}

  /// `create-client`: registers an app.
  ///
  /// @param metadata as in RFC 7591 section 2
  /// @param level how much is known of who stands behind it
  /// @param introspectsAll whether it is a resource server
  record CreateClient(
      Map<String, Object> metadata,
      IdentityLevel level,
      RefreshOverrides overrides,
      boolean introspectsAll,
      boolean issuerAudienceOnly)
      implements Command {
    public CreateClient {
      metadata = Map.copyOf(metadata);
    }
  }

  /// `list-clients`: the registered apps, page by page.
  ///
  /// @param after the `next` of the page before
  /// @param limit most apps, 1 to 100
  record ListClients(Optional<ClientId> after, int limit) implements Command {
    static final int USUAL = 50;
    private static final int MOST = 100;

    public ListClients {
      if (limit < 1 || limit > MOST) {
        throw new IllegalArgumentException("limit has to be between 1 and %d.".formatted(MOST));
      }
    }
  }

  /// `show-client`: everything about an app but what its secrets could be told by.
  record ShowClient(ClientId client) implements Command {}

  /// `disable-client`: the app can neither start nor get another token.
  ///
  /// @param revoke whether everything that anybody allowed it ends too
  record DisableClient(ClientId client, boolean revoke) implements Command {}

  /// `enable-client`: undoes `disable-client`, but not what was revoked with it.
  record EnableClient(ClientId client) implements Command {}

  /// `verify-client`: says how much is known of who stands behind an app.
  record VerifyClient(ClientId client, IdentityLevel level) implements Command {}

  /// `rotate-client-secret`: another secret, shown once.
  ///
  /// @param overlapHours for how long the last one works too; 0 ends it at once
  record RotateClientSecret(ClientId client, int overlapHours) implements Command {
    static final int USUAL_OVERLAP = 24;
    private static final int LONGEST_OVERLAP = 24 * 90;

    public RotateClientSecret {
      if (overlapHours < 0 || overlapHours > LONGEST_OVERLAP) {
        throw new IllegalArgumentException(
            "overlapHours has to be between 0 and %d.".formatted(LONGEST_OVERLAP));
      }
    }
  }

  /// `issue-initial-access-token`: lets a developer register apps (RFC 7591 section 3).
  ///
  /// @param label whom it is for
  record IssueInitialAccessToken(String label, Allowance allowance, int uses, int hours)
      implements Command {}

  /// `list-initial-access-tokens`: those with which apps can still be registered.
  record ListInitialAccessTokens() implements Command {}

  /// `revoke-initial-access-token`: no app can be registered with it any more.
  ///
  /// @param token its id
  record RevokeInitialAccessToken(SecretHash token) implements Command {}

  /// `revoke-user`: everything that a user allowed ends, and so do the user's browser sessions.
  ///
  /// @param subject the `sub` of the user's tokens
  record RevokeUser(String subject) implements Command {}
}
