package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.contract.ProcessorTime;
import dev.latchkey.secret.Entropy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  /// Of `password` with the salt `somesaltsomesalt`, by the reference implementation in C (through
  /// argon2-cffi).
  private static final String REFERENCE =
      "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA"
          + "$K13EBUiG7JV+9ZxztmHFTdb7J0WQsnj2V8bZaqyPptE";

  @Test
  void aHashOfTheReferenceImplementationMatches() {
    assertThat(Passwords.matches("password", Optional.of(REFERENCE))).isTrue();
    assertThat(Passwords.matches("Password", Optional.of(REFERENCE))).isFalse();
  }

  @Test
  void aNewHashIsSaltedCostsWhatItShouldAndMatchesOnlyItsPassword() {
    var hash = Passwords.hash("correct horse", Entropy.secure());

    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(Passwords.hash("correct horse", Entropy.secure())).isNotEqualTo(hash);
    assertThat(Passwords.matches("correct horse", Optional.of(hash))).isTrue();
    assertThat(Passwords.matches("correct horse ", Optional.of(hash))).isFalse();
  }

  @Test
  void anAccentMatchesHoweverTheKeyboardSendsIt() {
    var hash = Passwords.hash("caf\u00e9", Entropy.secure());

    assertThat(Passwords.matches("cafe\u0301", Optional.of(hash))).isTrue();
  }

  @Test
  void nothingMatchesWithoutAUserAndItTakesAsLong() {
    var hash = Optional.of(Passwords.hash("secret", Entropy.secure()));
    Passwords.matches("warm up", hash);

    var known = ProcessorTime.of(() -> assertThat(Passwords.matches("wrong", hash)).isFalse());
    var unknown =
        ProcessorTime.of(() -> assertThat(Passwords.matches("wrong", Optional.empty())).isFalse());

    // Generous: without the dummy hash the unknown user would answer thousands of times faster.
    assertThat(unknown).isGreaterThan(known / 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA"})
  void aBrokenStoredHashIsAFaultAndNotAMatch(String stored) {
    assertThatThrownBy(() -> Passwords.matches("plain", Optional.of(stored)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("plain");
  }
}
