package dev.latchkey.interaction;

import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;

/// The fixed words of the consent page.
public enum ConsentText {
  TITLE("Allow access?", "¿Permitir el acceso?"),
  ALLOW_THE_APP("Allow", "¿Permitir que"),
  TO_KNOW_YOU("to know who you are?", "sepa quién es usted?"),
  TO_SEE("to see this record?", "vea este expediente?"),
  TO_ALTER("to see and alter this record?", "vea y modifique este expediente?"),
  TO_SEE_ALL(
      "to see every record that you can open?", "vea todos los expedientes que usted puede abrir?"),
  TO_ALTER_ALL(
      "to see and alter every record that you can open?",
      "vea y modifique todos los expedientes que usted puede abrir?"),
  WHOSE_RECORD("Whose record", "De quién es el expediente"),
  SOMEBODY_ELSE("choose someone else", "elegir a otra persona"),
  VISIT("Which visit", "Para qué consulta"),
  THE_CHOSEN_ONE("the one that you chose", "la que usted eligió"),
  ANOTHER_VISIT("choose another", "elegir otra"),
  THE_APP("The app", "La aplicación"),
  WHO_ANSWERS("Who answers for it", "Quién responde por ella"),
  ANSWER_GOES_TO("The answer goes to", "La respuesta se envía a"),
  ITS_OWN_WORDS("What it says itself", "Lo que dice ella misma"),
  PRIVACY_POLICY("Privacy policy", "Política de privacidad"),
  TERMS_OF_USE("Terms of use", "Condiciones de uso"),
  ONLY_IF_KNOWN(
      "Go on only if you know where this app comes from.",
      "Continúe solo si sabe de dónde viene esta aplicación."),
  WHAT_IT_MAY_SEE("What it may see", "Lo que podrá ver"),
  UNTICK(
      "Untick whatever the app should not have. What is ticked includes entries that are added"
          + " later, as long as access lasts.",
      "Desmarque lo que la aplicación no deba tener. Lo marcado incluye también las entradas que se"
          + " agreguen más adelante, mientras dure el acceso."),
  WILDCARD(
      "The app asked for everything in the record. It gets only the kinds that are ticked here, and"
          + " none that are added to this list later.",
      "La aplicación pidió todo el expediente. Solo recibe los tipos marcados aquí, y ninguno que"
          + " se agregue a esta lista más adelante."),
  PARTS("Parts of the record", "Partes del expediente"),
  ALL_OF_IT("all of it", "todo"),
  ONLY("or only", "o solo"),
  SENSITIVE("can be sensitive", "puede ser delicado"),
  ALTERS("can alter the record", "puede modificar el expediente"),
  HOW_LONG("For how long", "Por cuánto tiempo"),
  LASTING("Lasting access", "Acceso duradero"),
  AT_MOST("How long at most", "Cuánto tiempo como máximo"),
  IF_NOTHING("If nothing is ticked here,", "Si no marca nada aquí,"),
  NOT_LASTING("The app does not ask for lasting access:", "La aplicación no pide acceso duradero:"),
  ALSO("If you allow it, the app may also", "Si lo permite, la aplicación también podrá"),
  TAKE_BACK("How to take it back", "Cómo retirarlo"),
  ANY_TIME("Any time, in", "En cualquier momento, en"),
  YOUR_LIST("your list of apps", "su lista de aplicaciones"),
  WHAT_WAS_READ(
      ", or by disconnecting in the app. What the app has read by then stays with the app.",
      ", o desconectándola en la propia aplicación. Lo que la aplicación haya leído hasta entonces"
          + " se queda en ella."),
  DENY("Don’t allow", "No permitir"),
  ALLOW("Allow", "Permitir");

  private final String english;
  private final String spanish;

  ConsentText(String english, String spanish) {
    this.english = english;
    this.spanish = spanish;
  }

  public String in(Language language) {
    return new Phrase(english, spanish).in(language);
  }
}
