package dev.latchkey.events;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.Session;
import dev.latchkey.account.User;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.registration.Allowance;
import dev.latchkey.registration.InitialAccessToken;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.SecretHash;
import dev.latchkey.wiring.Stores;
import java.time.Instant;
import java.util.List;

/// Who can sign in, who is signed in, and who may register apps.
///
/// @param now seconds since the epoch
record People(Stores stores, long now) {

  void seed() {
    seedUsers();
    // Maria mistyped her password an hour ago.
    var _ = stores.throttle().attempt("maria", Instant.ofEpochSecond(now - 3600));
    initialAccessToken("iat1_not-a-secret-initial-token", now + 3600);
    initialAccessToken("iat1_not-a-secret-initial-token-expired", now);
  }

  private void initialAccessToken(String token, long expiresAt) {
    stores
        .initialAccessTokens()
        .issue(
            new InitialAccessToken(
                SecretHash.of(token),
                "A developer",
                new Allowance(
                    IdentityLevel.REGISTERED, ScopeSet.parse("openid patient/*.rs"), false),
                expiresAt,
                1));
  }

  private void seedUsers() {
    // Argon2id of not-a-secret-password.
    var password =
        "$argon2id$v=19$m=19456,t=2,p=1$bm90LWEtc2VjcmV0LXNhbA"
            + "$MwJ6d63gq8qmrsrmvxQdixej18qzLr64H84yEVIHnL0";
    var ana = new User.PatientAccess("ana", "Ana Example", "1980-02-03", "yourself");
    var ben = new User.PatientAccess("ben", "Ben Example", "2015-06-07", "your child");
    stores
        .users()
        .put(new User("ana", "subject-of-ana", "Ana", password, "Patient/ana", List.of(ana)));
    stores
        .users()
        .put(
            new User(
                "maria",
                "subject-of-maria",
                "Maria",
                password,
                "RelatedPerson/maria",
                List.of(ana, ben)));
    session("not-a-secret-session-of-ana", "ana");
    session("not-a-secret-session-of-maria", "maria");
  }

  private void session(String cookie, String username) {
    stores
        .sessions()
        .open(
            new Session(
                SecretHash.of(cookie),
                username,
                now - 30,
                now + 600,
                now + 3600,
                Assurance.UNSAID));
  }
}
