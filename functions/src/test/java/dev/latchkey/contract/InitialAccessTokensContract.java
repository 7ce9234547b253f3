package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.registration.Allowance;
import dev.latchkey.registration.InitialAccessToken;
import dev.latchkey.registration.InitialAccessTokens;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every store of initial access tokens does.
public abstract class InitialAccessTokensContract {
  private static final Instant NOW = MutableClock.START;
  private static final Instant END = NOW.plusSeconds(3600);

  private final SecretHash hash = SecretHash.of(Entropy.secure().value());

  protected abstract InitialAccessTokens tokens();

  @Test
  void givesBackWhatWasIssued() {
    tokens().issue(token(2, true));
    assertThat(tokens().find(hash, NOW)).contains(token(2, true));
  }

  @Test
  void keepsApartWhoMayRegisterServices() {
    tokens().issue(token(1, false));
    assertThat(tokens().find(hash, NOW)).contains(token(1, false));
  }

  @Test
  void findsNoneThatWasNeverIssued() {
    assertThat(tokens().find(hash, NOW)).isEmpty();
    assertThat(tokens().use(hash, "r1", NOW)).isFalse();
    assertThat(tokens().find(hash, NOW)).isEmpty();
  }

  @Test
  void worksAsOftenAsItSays() {
    tokens().issue(token(2, false));

    assertThat(tokens().use(hash, "r1", NOW)).isTrue();
    assertThat(tokens().find(hash, NOW)).contains(token(1, false));
    assertThat(tokens().use(hash, "r2", NOW)).isTrue();
    assertThat(tokens().find(hash, NOW)).isEmpty();
    assertThat(tokens().use(hash, "r3", NOW)).isFalse();
  }

  @Test
  void countsTheSameRequestOnce() {
    tokens().issue(token(2, false));
    tokens().use(hash, "r1", NOW);

    assertThat(tokens().use(hash, "r1", NOW)).isTrue();
    assertThat(tokens().find(hash, NOW)).contains(token(1, false));
  }

  @Test
  void letsTheRequestThatHadTheLastUseThroughAgain() {
    tokens().issue(token(1, false));
    tokens().use(hash, "r1", NOW);

    assertThat(tokens().use(hash, "r1", NOW)).isTrue();
    assertThat(tokens().use(hash, "r2", NOW)).isFalse();
  }

  @Test
  void isDeadFromItsEndOn() {
    tokens().issue(token(1, false));

    assertThat(tokens().find(hash, END.minusSeconds(1))).isPresent();
    assertThat(tokens().find(hash, END)).isEmpty();
    assertThat(tokens().use(hash, "r1", END)).isFalse();
  }

  @Test
  void isGoneWhenItWasTakenBack() {
    tokens().issue(token(1, false));

    tokens().remove(hash);
    tokens().remove(hash);

    assertThat(tokens().find(hash, NOW)).isEmpty();
    assertThat(tokens().use(hash, "r1", NOW)).isFalse();
  }

  @Test
  void listsThoseThatWork() {
    var other = SecretHash.of(Entropy.secure().value());
    var usedUp = SecretHash.of(Entropy.secure().value());
    tokens().issue(token(2, true));
    tokens().issue(token(other, 1, END.minusSeconds(1)));
    tokens().issue(token(usedUp, 1, END));
    tokens().use(usedUp, "r1", NOW);

    assertThat(mine(END.minusSeconds(2), other, usedUp))
        .containsExactly(token(other, 1, END.minusSeconds(1)), token(2, true));
    assertThat(mine(END.minusSeconds(1), other, usedUp)).containsExactly(token(2, true));
    tokens().remove(hash);
    assertThat(mine(NOW, other, usedUp)).hasSize(1);
  }

  /// Other tests have theirs in the same store.
  private List<InitialAccessToken> mine(Instant now, SecretHash... others) {
    var hashes = new ArrayList<>(List.of(others));
    hashes.add(hash);
    return tokens().list(now).stream().filter(token -> hashes.contains(token.hash())).toList();
  }

  @Test
  void listsMoreThanOneAnswerHolds() {
    var many = Stream.generate(() -> SecretHash.of(Entropy.secure().value())).limit(101).toList();
    many.forEach(one -> tokens().issue(token(one, 1, END)));

    assertThat(tokens().list(NOW).stream().map(InitialAccessToken::hash)).containsAll(many);
  }

  @Test
  void letsNoMoreThroughAtOnceThanItHasUses() throws Exception {
    tokens().issue(token(3, false));

    var answers = Race.of(i -> tokens().use(hash, "r" + i, NOW));

    assertThat(answers).filteredOn(used -> used).hasSize(3);
    assertThat(tokens().find(hash, NOW)).isEmpty();
  }

  private static InitialAccessToken token(SecretHash hash, int uses, Instant end) {
    return new InitialAccessToken(
        hash,
        "Another developer",
        new Allowance(IdentityLevel.UNVERIFIED, ScopeSet.parse("openid"), false),
        end.getEpochSecond(),
        uses);
  }

  private InitialAccessToken token(int uses, boolean services) {
    return new InitialAccessToken(
        hash,
        "Developer of the app",
        new Allowance(
            IdentityLevel.REGISTERED, ScopeSet.parse("openid patient/Observation.rs"), services),
        END.getEpochSecond(),
        uses);
  }
}
