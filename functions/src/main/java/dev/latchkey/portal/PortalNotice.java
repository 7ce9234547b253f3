package dev.latchkey.portal;

import dev.latchkey.http.Language;
import dev.latchkey.http.Pages;
import dev.latchkey.http.Phrase;
import dev.latchkey.http.Response;

/// What people read who cannot go on from the portal, or to it. Nothing that they were at is lost:
/// each page leads back to the sign-in.
///
/// @param status of the answer
/// @param link to the sign-in
public record PortalNotice(int status, Phrase title, Phrase text, Phrase link) {
  private static final Phrase AGAIN = new Phrase("Try again", "Intentar de nuevo");
  private static final Phrase GO = new Phrase("Go to the sign-in", "Ir al inicio de sesión");
  private static final int UNAVAILABLE = 503;

  public static final PortalNotice UNREACHABLE =
      new PortalNotice(
          503,
          new Phrase(
              "The sign-in does not answer just now", "El inicio de sesión no responde ahora"),
          new Phrase(
              "The portal of the organization cannot be reached. Nothing was lost. Wait a moment,"
                  + " then try again.",
              "No se puede contactar con el portal de la organización. No se perdió nada. Espere un"
                  + " momento e inténtelo de nuevo."),
          AGAIN);

  public static final PortalNotice NOT_OURS =
      new PortalNotice(
          400,
          new Phrase(
              "This sign-in is not yours or is over", "Este inicio de sesión no es suyo o terminó"),
          new Phrase(
              "It was begun in another browser, it was used before, or it took more than ten"
                  + " minutes.",
              "Se inició en otro navegador, ya se usó, o han pasado más de diez minutos."),
          AGAIN);

  public static final PortalNotice REFUSED =
      new PortalNotice(
          400,
          new Phrase("The sign-in did not work", "No se pudo iniciar sesión"),
          new Phrase(
              "The portal of the organization sent an answer that we cannot accept. Nothing was"
                  + " shared.",
              "El portal de la organización envió una respuesta que no podemos aceptar. No se"
                  + " compartió nada."),
          AGAIN);

  /// Where no app waits for their answer.
  public static final PortalNotice DECLINED =
      new PortalNotice(
          200,
          new Phrase("You did not sign in", "No inició sesión"),
          new Phrase(
              "At the portal of the organization the sign-in was cancelled. Nothing was shared or"
                  + " changed.",
              "El inicio de sesión se canceló en el portal de la organización. No se compartió ni"
                  + " cambió nada."),
          AGAIN);

  public static final PortalNotice UNLINKED =
      new PortalNotice(
          403,
          new Phrase(
              "Your account is not linked to a health record",
              "Su cuenta no está vinculada a ningún expediente médico"),
          new Phrase(
              "You signed in, but the portal of the organization does not say whose record you may"
                  + " share. Ask the organization that keeps your record.",
              "Inició sesión, pero el portal de la organización no dice qué expediente puede"
                  + " compartir. Pregunte a la organización que guarda su expediente."),
          AGAIN);

  public static final PortalNotice NOT_ANEW =
      new PortalNotice(
          403,
          new Phrase("You have to sign in once more", "Tiene que iniciar sesión otra vez"),
          new Phrase(
              "The portal of the organization let you in without asking who you are. Sign out"
                  + " there, then try again.",
              "El portal de la organización le dejó entrar sin preguntar quién es. Cierre la sesión"
                  + " allí e inténtelo de nuevo."),
          AGAIN);

  public static final PortalNotice SIGNED_OUT =
      new PortalNotice(
          200,
          new Phrase("You are signed out here", "Su sesión aquí está cerrada"),
          new Phrase(
              "At the portal of the organization you may still be signed in.",
              "En el portal de la organización su sesión puede seguir abierta."),
          GO);

  public static final PortalNotice SIGN_IN =
      new PortalNotice(
          200,
          new Phrase("Sign in", "Iniciar sesión"),
          new Phrase(
              "Sign in at the portal of the organization to see which apps you let in.",
              "Inicie sesión en el portal de la organización para ver a qué aplicaciones dio"
                  + " acceso."),
          GO);

  /// The page that says so.
  ///
  /// @param signIn address of the sign-in
  public Response page(Language language, String signIn) {
    var page =
        new PortalPage(language, title.in(language), text.in(language), link.in(language), signIn);
    var response = Pages.page(status, "portal.jte", page);
    return status == UNAVAILABLE ? response.withHeader("retry-after", "5") : response;
  }
}
