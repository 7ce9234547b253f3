package dev.latchkey.apps;

import dev.latchkey.http.Phrase;

/// What `appsEnded.jte` shows to somebody who was just signed out.
public record EndedPage(PageLanguage language, String title, String text) {
  private static final Phrase EVERYTHING_TITLE =
      new Phrase("Every key is taken back", "Todas las llaves están retiradas");
  private static final Phrase EVERYTHING =
      new Phrase(
          "No app can use a key of yours any more, and you are signed out in every browser. What an"
              + " app has read by now stays with it. To share with an app again, connect it again"
              + " from the app.",
          "Ninguna aplicación puede usar ya una llave suya, y su sesión está cerrada en todos los"
              + " navegadores. Lo que una aplicación haya leído hasta ahora se queda en ella. Para"
              + " volver a compartir con una aplicación, conéctela de nuevo desde ella.");

  private static final Phrase PASSWORD_TITLE =
      new Phrase("Your password is changed", "Su contraseña está cambiada");
  private static final Phrase PASSWORD =
      new Phrase(
          "Somebody who knew the old one may have let an app in. So every key was taken back too. ",
          "Alguien que conocía la anterior pudo haber dado acceso a una aplicación. Por eso también"
              + " se retiraron todas las llaves. ");

  private static final Phrase SIGNED_OUT_TITLE =
      new Phrase("You are signed out", "Ha cerrado la sesión");
  private static final Phrase SIGNED_OUT =
      new Phrase(
          "Apps that had access only while you were signed in here have lost it. All others keep"
              + " their keys.",
          "Las aplicaciones que solo tenían acceso mientras su sesión estaba abierta lo han"
              + " perdido. Las demás conservan sus llaves.");

  static EndedPage of(Notice.Done done, PageLanguage language) {
    return switch (done) {
      case EVERYTHING ->
          new EndedPage(language, language.say(EVERYTHING_TITLE), language.say(EVERYTHING));
      case PASSWORD ->
          new EndedPage(
              language,
              language.say(PASSWORD_TITLE),
              language.say(PASSWORD) + language.say(EVERYTHING));
      case SIGNED_OUT, KEY, APP ->
          new EndedPage(language, language.say(SIGNED_OUT_TITLE), language.say(SIGNED_OUT));
    };
  }
}
