package dev.latchkey.logout;

import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import dev.latchkey.http.RefusedRequest;
import dev.latchkey.http.Response;

/// The pages for requests that cannot be answered. Nobody was signed out then.
final class Refusals {
  private Refusals() {}

  static Response unreadable(Language language) {
    return RefusedRequest.UNREADABLE.page(
        new Phrase(
            "The app sent something twice or badly written. You were not signed out.",
            "La aplicación envió algo dos veces o mal escrito. Su sesión sigue abierta."),
        language);
  }

  static Response tooLarge(Language language) {
    return RefusedRequest.TOO_LARGE.page(
        new Phrase(
            "The app sent more than we take. You were not signed out.",
            "La aplicación envió más de lo que aceptamos. Su sesión sigue abierta."),
        language);
  }

  static Response foreignForm(Language language) {
    return RefusedRequest.FOREIGN_FORM.page(
        new Phrase(
            "To protect you, we take answers only from the page that we showed you. You were not"
                + " signed out.",
            "Para protegerle, solo aceptamos respuestas de la página que le mostramos. Su sesión"
                + " sigue abierta."),
        language);
  }
}
