package dev.latchkey.apps;

import dev.latchkey.http.Language;
import dev.latchkey.http.Phrase;
import dev.latchkey.http.Request;

/// In which language the pages at `/apps` speak to somebody.
///
/// @param isWished whether the address asked for it (`ui_locales`) and not only the browser; then
///   every address that follows asks for it too
public record PageLanguage(Language language, boolean isWished) {
  static PageLanguage of(Request request) {
    var wish = request.query().get("ui_locales");
    return new PageLanguage(
        Language.preferred(wish, request.header("accept-language")), wish.isPresent());
  }

  public String say(AppsText text) {
    return say(text.phrase());
  }

  String say(Phrase phrase) {
    return phrase.in(language);
  }

  /// An address of these pages.
  ///
  /// @param path with its query, if it has one
  public String at(String path) {
    return isWished
        ? path + (path.contains("?") ? "&" : "?") + "ui_locales=" + language.tag()
        : path;
  }
}
