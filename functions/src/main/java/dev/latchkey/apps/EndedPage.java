package dev.latchkey.apps;

/// What `appsEnded.jte` shows to somebody who was just signed out.
public record EndedPage(String title, String text) {
  private static final String EVERYWHERE =
      "No app can use a key of yours any more, and you are signed out in every browser. What an app"
          + " has read by now stays with it. ";
  private static final String CONNECT_AGAIN =
      "To share with an app again, connect it again from the app.";

  static EndedPage of(Notice.Done done) {
    return switch (done) {
      case EVERYTHING -> new EndedPage("Every key is taken back", EVERYWHERE + CONNECT_AGAIN);
      case PASSWORD ->
          new EndedPage(
              "Your password is changed",
              "Somebody who knew the old one may have let an app in. So every key was taken back too: "
                  + EVERYWHERE.replaceFirst("^No", "no")
                  + CONNECT_AGAIN);
      case SIGNED_OUT, KEY, APP ->
          new EndedPage(
              "You are signed out",
              "Apps that had access only while you were signed in here have lost it. All others keep"
                  + " their keys.");
    };
  }
}
