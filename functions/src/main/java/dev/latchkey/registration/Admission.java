package dev.latchkey.registration;

import dev.latchkey.limit.RequestLimit;
import dev.latchkey.secret.SecretHash;

/// In what role somebody registers an app.
sealed interface Admission {
  /// What may be registered, before a software statement.
  Allowance allowance();

  /// Nobody in particular.
  ///
  /// @param network where the request came from
  record Anybody(Allowance allowance, String network) implements Admission {}

  /// Somebody with an initial access token.
  record Developer(InitialAccessToken token) implements Admission {
    @Override
    public Allowance allowance() {
      return token.allowance();
    }
  }

  /// An installed copy of a native app.
  record Device(DeviceKeys.Copy copy) implements Admission {
    @Override
    public Allowance allowance() {
      return DeviceKeys.allowance(copy);
    }
  }

  /// Under what its registrations are counted.
  default SecretHash counted() {
    return SecretHash.of(
        switch (this) {
          case Anybody(_, var network) -> "register from " + network;
          case Developer(var token) -> "register with " + token.hash().value();
          case Device(var copy) -> "register of " + copy.grant();
        });
  }

  /// How many it may register. A developer has a token with a number of uses, and a machine that
  /// registers a whole catalogue with it.
  default RequestLimit limit(RegistrationPolicy policy) {
    return this instanceof Developer ? policy.perToken() : policy.perCaller();
  }
}
