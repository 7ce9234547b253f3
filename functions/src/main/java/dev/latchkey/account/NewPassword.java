package dev.latchkey.account;

import dev.latchkey.http.Phrase;
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
  public Optional<Phrase> problem(String username) {
    if (current.isEmpty() || wanted.isEmpty() || repeated.isEmpty()) {
      return problem("Fill in all three fields.", "Rellene los tres campos.");
    }
    if (!wanted.equals(repeated)) {
      return problem(
          "The two new passwords are not the same.", "Las dos contraseñas nuevas no son iguales.");
    }
    if (wanted.codePointCount(0, wanted.length()) < SHORTEST) {
      return problem(
          "The new password is too short: it needs at least 12 characters.",
          "La contraseña nueva es demasiado corta: necesita al menos 12 caracteres.");
    }
    if (wanted.length() > PasswordCheck.LONGEST_PASSWORD) {
      return problem(
          "The new password is too long: at most 200 characters.",
          "La contraseña nueva es demasiado larga: como máximo 200 caracteres.");
    }
    if (PlainText.folded(wanted).equals(PlainText.folded(username))) {
      return problem(
          "The new password must not be your user name.",
          "La contraseña nueva no puede ser su nombre de usuario.");
    }
    return normalised(wanted).equals(normalised(current))
        ? problem(
            "This is the password that you have already.", "Esta es la contraseña que ya tiene.")
        : Optional.empty();
  }

  private static Optional<Phrase> problem(String english, String spanish) {
    return Optional.of(new Phrase(english, spanish));
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
