package dev.latchkey.logout;

import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;

/// The fixed words of the pages at `/logout`.
public enum LogoutText {
  QUESTION("Sign out?", "¿Cerrar la sesión?"),
  SIGNED_IN_AS("Signed in as", "Sesión iniciada como"),
  THE_APP("The app", "La aplicación"),
  ASKS("asks to sign you out here.", "pide cerrar su sesión aquí."),
  WHAT_ENDS(
      "Apps that have access only while you are signed in here lose it. All others keep their"
          + " access; you can take it back in",
      "Las aplicaciones que solo tienen acceso mientras su sesión está abierta lo pierden. Las"
          + " demás conservan su acceso; puede retirarlo en"),
  YOUR_LIST("your list of apps", "su lista de aplicaciones"),
  STAY("Stay signed in", "Mantener la sesión"),
  SIGN_OUT("Sign out", "Cerrar la sesión"),
  SIGNED_OUT("You are signed out", "Ha cerrado la sesión"),
  WHAT_ENDED(
      "Apps that had access only while you were signed in here have lost it. All others keep their"
          + " access; you can take it back in",
      "Las aplicaciones que solo tenían acceso mientras su sesión estaba abierta lo han perdido."
          + " Las demás conservan su acceso; puede retirarlo en"),
  GO_TO("Go to", "Ir a"),
  IF_UNKNOWN(
      "If you do not know this address, close this page.",
      "Si no conoce esta dirección, cierre esta página.");

  private final String english;
  private final String spanish;

  LogoutText(String english, String spanish) {
    this.english = english;
    this.spanish = spanish;
  }

  public String in(Language language) {
    return new Phrase(english, spanish).in(language);
  }
}
