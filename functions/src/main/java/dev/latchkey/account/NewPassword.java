package dev.latchkey.account;

import dev.latchkey.http.PlainText;
import java.text.Normalizer;
import java.util.Optional;

/// A password that somebody wants from now on.
///
/// Length is what is asked for, and nothing about kinds of characters (NIST SP 800-63B section
/// 5.1.1.2). Spaces count.
///
/// @param current the one they have
/// @param wanted the new one
/// @param repeated the new one once more
public record NewPassword(String current, String wanted, String repeated) {
  /// In characters.
  public static final int SHORTEST = 12;

  /// What is wrong with it, in words for the form, whatever the current one is worth.
  public Optional<String> problem(String username) {
    if (current.isEmpty() || wanted.isEmpty() || repeated.isEmpty()) {
      return Optional.of("Fill in all three fields.");
    }
    if (!wanted.equals(repeated)) {
      return Optional.of("The two new passwords are not the same.");
    }
    if (wanted.codePointCount(0, wanted.length()) < SHORTEST) {
      return Optional.of("The new password is too short: it needs at least 12 characters.");
    }
    if (wanted.length() > PasswordCheck.LONGEST_PASSWORD) {
      return Optional.of("The new password is too long: at most 200 characters.");
    }
    if (PlainText.folded(wanted).equals(PlainText.folded(username))) {
      return Optional.of("The new password must not be your user name.");
    }
    return normalised(wanted).equals(normalised(current))
        ? Optional.of("This is the password that you have already.")
        : Optional.empty();
  }

  /// As hashing sees it.
  private static String normalised(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  @Override
  public String toString() {
    return "NewPassword[redacted]";
  }
}
