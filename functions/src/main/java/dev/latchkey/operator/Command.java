package dev.latchkey.operator;

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
}
