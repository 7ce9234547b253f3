package dev.latchkey.apps;

import dev.latchkey.http.Language;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Phrase;
import dev.latchkey.http.RefusedRequest;
import dev.latchkey.http.Response;

/// The pages for requests that cannot be answered.
record Refusals(Language language) {
  private static final String NOTHING_CHANGED = "Nothing was changed. Open your apps again.";
  private static final String NADA_CAMBIADO = "No se cambió nada. Abra sus aplicaciones de nuevo.";

  Response noSuchPage() {
    return RefusedRequest.NO_SUCH_PAGE.page(
        new Phrase(
            "Check the address, or open your apps again.",
            "Revise la dirección o abra sus aplicaciones de nuevo."),
        language);
  }

  Response wrongMethod() {
    return RefusedRequest.WRONG_METHOD
        .page(new Phrase(NOTHING_CHANGED, NADA_CAMBIADO), language)
        .withHeader("allow", "GET, POST");
  }

  Response tooLarge() {
    return RefusedRequest.TOO_LARGE.page(RefusedRequest.LARGER_THAN_OURS, language);
  }

  /// @param problem for whoever made the request
  Response unreadable(String problem) {
    return RefusedRequest.UNREADABLE.page(
        new Phrase(
            problem + " " + NOTHING_CHANGED, "Algo está repetido o mal escrito. " + NADA_CAMBIADO),
        language);
  }

  Response foreignForm() {
    return RefusedRequest.FOREIGN_FORM.page(
        new Phrase(
            "To protect you, we take forms only from the page that we showed you. Allow cookies for"
                + " this site, and do not use a page from before you signed in. "
                + NOTHING_CHANGED,
            "Para protegerle, solo aceptamos formularios de la página que le mostramos. Permita las"
                + " cookies de este sitio y no use una página de antes de iniciar sesión. "
                + NADA_CAMBIADO),
        language);
  }

  /// The same for one that never was and for one of somebody else.
  Response noSuchKey() {
    return page(
        404,
        new Phrase("No such key", "Esta llave no existe"),
        new Phrase(
            "It is not on your list. " + NOTHING_CHANGED, "No está en su lista. " + NADA_CAMBIADO));
  }

  private Response page(int status, Phrase title, Phrase explanation) {
    return Pages.error(status, title, explanation, language);
  }
}
