package dev.latchkey.apps;

import dev.latchkey.http.Phrase;

/// The fixed words of the pages at `/apps`.
public enum AppsText {
  TITLE("Your apps", "Sus aplicaciones"),
  SIGNED_IN_AS("Signed in as", "Sesión iniciada como"),
  SIGN_OUT("Sign out", "Cerrar la sesión"),
  HEADING(
      "Apps that hold a key to your records",
      "Aplicaciones que tienen una llave de sus expedientes"),
  WHAT_A_KEY_IS(
      "A key lets an app see what you allowed, until you take it back. That works at once. What the"
          + " app has read by then stays with it.",
      "Una llave permite a una aplicación ver lo que usted permitió, hasta que la retire. Retirarla"
          + " tiene efecto de inmediato. Lo que la aplicación haya leído hasta entonces se queda en"
          + " ella."),
  NO_KEYS(
      "No app holds a key to your records.",
      "Ninguna aplicación tiene una llave de sus expedientes."),
  NONE_HERE("There are no keys on this page.", "No hay llaves en esta página."),
  TAKE_BACK_KEY_OF("Take back the key of", "Retirar la llave de"),
  TAKE_BACK_EVERY_KEY_OF("Take back every key of", "Retirar todas las llaves de"),
  KEY_TAKEN_BACK(
      "can no longer use the key that you took back.",
      "ya no puede usar la llave que usted retiró."),
  EVERY_KEY_TAKEN_BACK(
      "can no longer use any key of yours.", "ya no puede usar ninguna llave suya."),
  MORE_KEYS("More keys", "Más llaves"),
  FIRST_PAGE("First page", "Primera página"),
  NEXT_PAGE("Next page", "Página siguiente"),
  TAKE_BACK_EVERYTHING("Take back everything", "Retirar todo"),
  WHAT_EVERYTHING_IS(
      "No app can use a key of yours any more, and you are signed out in every browser, this one"
          + " too.",
      "Ninguna aplicación podrá usar ya una llave suya, y su sesión se cerrará en todos los"
          + " navegadores, también en este."),
  TAKE_BACK_AND_SIGN_OUT(
      "Take back every key of every app and sign out",
      "Retirar todas las llaves de todas las aplicaciones y cerrar la sesión"),
  GONE("An app that is no longer registered", "Una aplicación que ya no está registrada"),
  RECORD_OF("Record of", "Expediente de"),
  SOMEBODY("Somebody", "Una persona"),
  NO_LONGER_YOURS("for whom you no longer act", "en cuyo nombre usted ya no actúa"),
  NO_RECORD("No record, only who you are", "Ningún expediente, solo quién es usted"),
  WHAT_IT_MAY_DO("What it may do", "Lo que puede hacer"),
  ALLOWED("Allowed", "Permitida"),
  LAST_USED("Last used", "Último uso"),
  NOT_USED("Not since you allowed it", "Ninguno desde que usted la permitió"),
  ENDS("Ends", "Termina"),
  SIGN_IN("Sign in to see your apps", "Inicie sesión para ver sus aplicaciones"),
  WHY_SIGN_IN(
      "Here you see which apps hold a key to your records, and take keys back.",
      "Aquí puede ver qué aplicaciones tienen una llave de sus expedientes y retirar llaves."),
  SIGN_IN_AGAIN("Sign in again", "Iniciar sesión de nuevo"),
  BACK("Back to your apps", "Volver a sus aplicaciones"),
  CHANGE_PASSWORD("Change your password", "Cambiar su contraseña"),
  WHAT_A_PASSWORD_ENDS(
      "This also takes back every key of every app, and signs you out in every browser. You connect"
          + " the apps again afterwards.",
      "Esto también retira todas las llaves de todas las aplicaciones y cierra su sesión en todos"
          + " los navegadores. Después puede conectar las aplicaciones de nuevo."),
  CURRENT_PASSWORD("Current password", "Contraseña actual"),
  NEW_PASSWORD("New password", "Contraseña nueva"),
  PASSWORD_RULE(
      "at least 12 characters; a few words are easy to remember",
      "al menos 12 caracteres; unas cuantas palabras son fáciles de recordar"),
  ONCE_MORE("New password once more", "Contraseña nueva otra vez"),
  CHANGE_AND_TAKE_BACK(
      "Change the password and take back every key",
      "Cambiar la contraseña y retirar todas las llaves");

  private final String english;
  private final String spanish;

  AppsText(String english, String spanish) {
    this.english = english;
    this.spanish = spanish;
  }

  Phrase phrase() {
    return new Phrase(english, spanish);
  }
}
