package dev.latchkey.portal.page;

import dev.latchkey.http.Json;
import dev.latchkey.portal.Portal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A browser that is at the sign-in page of the team's own.
///
/// @param back address at which it comes back
/// @param endsAt seconds since the epoch
public record SignInHandle(String back, Portal.Wishes wishes, long endsAt) {

  /// As stores keep it, without its end.
  public Map<String, Object> document() {
    var members = new LinkedHashMap<String, Object>();
    members.put("back", back);
    Json.putIfPresent(members, "login_hint", wishes.loginHint());
    Json.putIfPresent(members, "ui_locales", wishes.uiLocales());
    members.put("max_age", wishes.maxAge());
    members.put("anew", wishes.anew());
    return members;
  }

  /// What a store kept.
  public static SignInHandle of(Map<String, Object> document, long endsAt) {
    var wishes =
        new Portal.Wishes(
            text(document, "login_hint"),
            text(document, "ui_locales"),
            document.get("max_age") instanceof Number age ? age.longValue() : Portal.Wishes.ANY_AGE,
            Boolean.TRUE.equals(document.get("anew")));
    return new SignInHandle(String.valueOf(document.get("back")), wishes, endsAt);
  }

  private static @Nullable String text(Map<String, Object> document, String name) {
    return document.get(name) instanceof String text ? text : null;
  }

  @Override
  public String toString() {
    return "SignInHandle[redacted]";
  }
}
