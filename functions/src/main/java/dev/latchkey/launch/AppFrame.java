package dev.latchkey.launch;

import dev.latchkey.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an EHR shows the app that it opened (SMART 2.2, `need_patient_banner` and
/// `smart_style_url`).
///
/// @param needsPatientBanner whether the app has to say whose record it shows, because nothing
///   around it does
/// @param styleUrl address of a JSON document with the EHR's colours and sizes; another document
///   has another address
public record AppFrame(boolean needsPatientBanner, @Nullable String styleUrl) {
  private static final String BANNER = "need_patient_banner";
  private static final String STYLE = "smart_style_url";

  Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    members.put(BANNER, needsPatientBanner);
    Json.putIfPresent(members, STYLE, styleUrl);
    return members;
  }

  static @Nullable AppFrame of(Map<?, ?> members) {
    return members.get(BANNER) instanceof Boolean needed
        ? new AppFrame(needed, LaunchContext.text(members, STYLE))
        : null;
  }
}
