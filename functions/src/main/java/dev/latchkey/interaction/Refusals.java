package dev.latchkey.interaction;

import dev.latchkey.http.Language;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Phrase;
import dev.latchkey.http.RefusedRequest;
import dev.latchkey.http.Request;
import dev.latchkey.http.Response;
import java.util.Optional;

/// The pages for requests that cannot go on. None leads to the app: whoever sent such a request is
/// not known to be the patient.
record Refusals(Language language) {
  private static final String NOTHING_SHARED = "Nothing was shared. ";
  private static final String NADA_COMPARTIDO = "No se compartió nada. ";
  private static final String START_AGAIN = "Go back to the app and start again from there.";
  private static final String OTRA_VEZ = "Vuelva a la aplicación y empiece de nuevo desde allí.";

  /// Before it is known which app asks, and in which language.
  static Refusals of(Request request) {
    return new Refusals(Language.preferred(Optional.empty(), request.header("accept-language")));
  }

  Response noSuchPage() {
    return RefusedRequest.NO_SUCH_PAGE.page(
        new Phrase(
            "Check the address, or go back to the app.",
            "Revise la dirección o vuelva a la aplicación."),
        language);
  }

  Response wrongMethod() {
    return RefusedRequest.WRONG_METHOD
        .page(new Phrase(START_AGAIN, OTRA_VEZ), language)
        .withHeader("allow", "GET, POST");
  }

  Response tooLarge() {
    return RefusedRequest.TOO_LARGE.page(RefusedRequest.LARGER_THAN_OURS, language);
  }

  /// @param problem for whoever made the form
  Response unreadable(String problem) {
    return page(
        400,
        new Phrase("The form could not be read", "No se pudo leer el formulario"),
        new Phrase(problem + " " + START_AGAIN, "Algún campo falta o está repetido. " + OTRA_VEZ));
  }

  Response noTransaction() {
    return page(
        400,
        new Phrase("There is nothing to decide here", "Aquí no hay nada que decidir"),
        new Phrase(
            "This page works only when an app has sent you here. Go to the app and connect from"
                + " there.",
            "Esta página solo funciona cuando una aplicación le ha enviado aquí. Vaya a la"
                + " aplicación y conéctese desde allí."));
  }

  Response ended() {
    return page(
        410,
        new Phrase("This request has ended", "Esta solicitud ha terminado"),
        new Phrase(
            "It was answered already, or more than ten minutes have passed. Nothing was shared just"
                + " now. "
                + START_AGAIN,
            "Ya se respondió, o han pasado más de diez minutos. Ahora no se compartió nada. "
                + OTRA_VEZ));
  }

  Response foreignForm() {
    return RefusedRequest.FOREIGN_FORM.page(
        new Phrase(
            "To protect you, we take answers only from the page that we showed you. "
                + NOTHING_SHARED
                + START_AGAIN,
            "Para protegerle, solo aceptamos respuestas de la página que le mostramos. "
                + NADA_COMPARTIDO
                + OTRA_VEZ),
        language);
  }

  Response otherBrowser() {
    return page(
        403,
        new Phrase(
            "This page belongs to another browser or sign-in",
            "Esta página es de otro navegador o de otra sesión"),
        new Phrase(
            "You may have signed in again in another tab, or your browser did not send our cookie. "
                + "Allow cookies for this site. "
                + START_AGAIN,
            "Quizá inició sesión de nuevo en otra pestaña, o su navegador no envió nuestra cookie. "
                + "Permita las cookies de este sitio. "
                + OTRA_VEZ));
  }

  Response signedOut() {
    return page(
        403,
        new Phrase("You are signed out", "Su sesión está cerrada"),
        new Phrase(NOTHING_SHARED + START_AGAIN, NADA_COMPARTIDO + OTRA_VEZ));
  }

  Response notYourPatient() {
    return page(
        403,
        new Phrase("You cannot share this record", "No puede compartir este expediente"),
        new Phrase(
            "It is not yours, and you are not registered to act for this person. Nothing was"
                + " shared.",
            "No es suyo, y usted no está registrado para actuar por esta persona. No se compartió"
                + " nada."));
  }

  Response openedBySomebodyElse() {
    return page(
        403,
        new Phrase("Somebody else opened this app", "Otra persona abrió esta aplicación"),
        new Phrase(
            "It was opened in the record system by another user than the one who is signed in here."
                + " "
                + NOTHING_SHARED
                + "Open the app from the record system again.",
            "La abrió en el sistema de expedientes otro usuario que el de esta sesión. "
                + NADA_COMPARTIDO
                + "Abra de nuevo la aplicación desde el sistema de expedientes."));
  }

  Response somebodyElseExpected() {
    return page(
        403,
        new Phrase("The app expects somebody else", "La aplicación espera a otra persona"),
        new Phrase(
            "It asks for the person who used it before. "
                + NOTHING_SHARED
                + "Go back one page and sign in as that person, or start again in the app.",
            "Pide que entre la persona que la usó antes. "
                + NADA_COMPARTIDO
                + "Vuelva a la página anterior e inicie sesión como esa persona, o empiece de nuevo"
                + " en la aplicación."));
  }

  Response noRecord() {
    return page(
        403,
        new Phrase("You have no record to share", "No tiene ningún expediente que compartir"),
        new Phrase(
            "The app asks for a patient's record, and your account is not linked to one. Ask the"
                + " organisation that keeps your record.",
            "La aplicación pide el expediente de un paciente, y su cuenta no está vinculada a"
                + " ninguno. Pregunte a la organización que guarda su expediente."));
  }

  Response changedForm() {
    return page(
        403,
        new Phrase("The form was changed", "El formulario fue modificado"),
        new Phrase(
            "It allows something that the app did not ask for. " + NOTHING_SHARED + START_AGAIN,
            "Permite algo que la aplicación no pidió. " + NADA_COMPARTIDO + OTRA_VEZ));
  }

  Response noDecision() {
    return page(
        400,
        new Phrase("Your answer is missing", "Falta su respuesta"),
        new Phrase(
            NOTHING_SHARED + "Go back one page and choose one of the two buttons.",
            NADA_COMPARTIDO + "Vuelva a la página anterior y elija uno de los dos botones."));
  }

  private Response page(int status, Phrase title, Phrase explanation) {
    return Pages.error(status, title, explanation, language);
  }
}
