package dev.latchkey.operator;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.WrappedTokenKey;

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

  /// `revoke-user`: everything that a user allowed ends, and so do the user's browser sessions.
  ///
  /// @param subject the `sub` of the user's tokens
  record RevokeUser(String subject) implements Command {}
}
