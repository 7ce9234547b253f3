package dev.latchkey.interaction;

import dev.latchkey.http.Pages;
import dev.latchkey.http.Response;

/// The pages for requests that cannot go on. None leads to the app: whoever sent such a request is
/// not known to be the patient.
final class Refusals {
  private static final String START_AGAIN = "Go back to the app and start again from there.";

  private Refusals() {}

  static Response noSuchPage() {
    return Pages.error(404, "No such page", "Check the address, or go back to the app.");
  }

  static Response wrongMethod() {
    return Pages.error(405, "This page cannot be used like that", START_AGAIN)
        .withHeader("allow", "GET, POST");
  }

  static Response tooLarge() {
    return Pages.error(413, "Too much was sent", "The form was larger than ours ever are.");
  }

  static Response unreadable(String problem) {
    return Pages.error(400, "The form could not be read", problem + " " + START_AGAIN);
  }

  static Response noTransaction() {
    return Pages.error(
        400,
        "There is nothing to decide here",
        "This page works only when an app has sent you here. Go to the app and connect from"
            + " there.");
  }

  static Response ended() {
    return Pages.error(
        410,
        "This request has ended",
        "It was answered already, or more than ten minutes have passed. Nothing was shared just"
            + " now. "
            + START_AGAIN);
  }

  static Response foreignForm() {
    return Pages.error(
        403,
        "This did not come from our page",
        "To protect you, we take answers only from the page that we showed you. Nothing was shared."
            + " "
            + START_AGAIN);
  }

  static Response otherBrowser() {
    return Pages.error(
        403,
        "This page belongs to another browser or sign-in",
        "You may have signed in again in another tab, or your browser did not send our cookie. "
            + "Allow cookies for this site. "
            + START_AGAIN);
  }

  static Response signedOut() {
    return Pages.error(403, "You are signed out", "Nothing was shared. " + START_AGAIN);
  }

  static Response notYourPatient() {
    return Pages.error(
        403,
        "You cannot share this record",
        "It is not yours, and you are not registered to act for this person. Nothing was shared.");
  }

  static Response openedBySomebodyElse() {
    return Pages.error(
        403,
        "Somebody else opened this app",
        "It was opened in the record system by another user than the one who is signed in here. "
            + "Nothing was shared. Open the app from the record system again.");
  }

  static Response noRecord() {
    return Pages.error(
        403,
        "You have no record to share",
        "The app asks for a patient's record, and your account is not linked to one. Ask the "
            + "organisation that keeps your record.");
  }

  static Response changedForm() {
    return Pages.error(
        403,
        "The form was changed",
        "It allows something that the app did not ask for. Nothing was shared. " + START_AGAIN);
  }

  static Response noDecision() {
    return Pages.error(
        400,
        "Your answer is missing",
        "Nothing was shared. Go back one page and choose one of the two buttons.");
  }
}
