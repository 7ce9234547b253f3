package dev.latchkey.http;

/// What can be wrong with a request for any of our pages, as people are told it. What it means for
/// them and what to do next is for each page to say.
public enum RefusedRequest {
  UNREADABLE(400, "The request could not be read", "No se pudo leer la solicitud"),
  FOREIGN_FORM(403, "This did not come from our page", "Esto no vino de nuestra página"),
  NO_SUCH_PAGE(404, "No such page", "Esta página no existe"),
  WRONG_METHOD(
      405, "This page cannot be used like that", "Esta página no se puede usar de esa forma"),
  TOO_LARGE(413, "Too much was sent", "Se envió demasiado");

  /// Why a form is too large.
  public static final Phrase LARGER_THAN_OURS =
      new Phrase(
          "The form was larger than ours ever are.",
          "El formulario era más grande que cualquiera de los nuestros.");

  private final int status;
  private final String english;
  private final String spanish;

  RefusedRequest(int status, String english, String spanish) {
    this.status = status;
    this.english = english;
    this.spanish = spanish;
  }

  /// The page.
  ///
  /// @param explanation what happened and what to do, in plain sentences
  public Response page(Phrase explanation, Language language) {
    return Pages.error(status, new Phrase(english, spanish), explanation, language);
  }
}
