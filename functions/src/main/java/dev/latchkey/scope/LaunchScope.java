package dev.latchkey.scope;

import java.util.Optional;
import java.util.regex.Pattern;

/// Asks to be told which resource of a type was open when an EHR opened the app: `launch/{type}` in
/// lower case, with at most one `?role=` (SMART 2.2, "Apps that launch from the EHR").
/// `launch/patient` is a [NamedScope] of its own, since it also lets the user choose.
///
/// Any word can be a type: an app asks every server for the same list, and one that nothing was
/// open of is left out of the grant. The role is a wish. SMART lets a server that does not know it
/// tell whatever was open of that type, which is what this one does.
///
/// @param type lower case, such as `imagingstudy`
public record LaunchScope(String type, String spelled) implements Scope {
  /// The role is an absolute URI, or one word that SMART defines.
  private static final Pattern FORM =
      Pattern.compile(
          "launch/([a-z]{2,64})(\\?role=([a-z][a-z0-9+.-]{1,30}:[!#-%'-\\[\\]-~]{1,200}|[a-z-]{1,30}))?");

  static Optional<Scope> parse(String text) {
    var match = FORM.matcher(text);
    return match.matches() && !match.group(1).equals("patient")
        ? Optional.of(new LaunchScope(match.group(1), text))
        : Optional.empty();
  }
}
