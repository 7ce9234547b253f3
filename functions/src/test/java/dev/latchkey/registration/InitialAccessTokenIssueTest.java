package dev.latchkey.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.MutableClock;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The giving out of initial access tokens.
class InitialAccessTokenIssueTest {
  private static final Instant NOW = MutableClock.START;
  private static final Allowance ALLOWANCE =
      new Allowance(IdentityLevel.REGISTERED, ScopeSet.parse("patient/*.rs"), false);

  private final InitialAccessTokens tokens =
      LocalWiring.start().wiring().stores().initialAccessTokens();
  private final InitialAccessTokenIssue issue =
      new InitialAccessTokenIssue(tokens, Entropy.secure());

  @Test
  void theTokenFindsWhatIsKeptOfIt() {
    var issued = issue.issue("Ana's \u202eapps", ALLOWANCE, 5, Duration.ofDays(7), NOW);

    assertThat(issued.token()).matches("iat1_[A-Za-z0-9_-]{43}");
    assertThat(tokens.find(SecretHash.of(issued.token()), NOW)).contains(issued.kept());
    assertThat(issued.kept().label()).isEqualTo("Ana's apps");
    assertThat(issued.kept().usesLeft()).isEqualTo(5);
    assertThat(issued.kept().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(7)).getEpochSecond());
    assertThat(issued.kept().toString()).doesNotContain(issued.token());
  }

  @ParameterizedTest
  @CsvSource({
    "dev, 0, 1",
    "dev, -1, 1",
    "dev, 1001, 1",
    "dev, 1, 0",
    "dev, 1, -1",
    "dev, 1, 91",
    "' ', 1, 1"
  })
  void refusesATokenWithoutBounds(String label, int uses, long days) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issue.issue(label, ALLOWANCE, uses, Duration.ofDays(days), NOW))
        .withMessageStartingWith("A token ");
  }
}
