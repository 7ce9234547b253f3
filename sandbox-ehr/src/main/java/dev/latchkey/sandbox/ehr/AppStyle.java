package dev.latchkey.sandbox.ehr;

import dev.latchkey.http.Cors;
import dev.latchkey.http.Json;
import dev.latchkey.http.Response;
import dev.latchkey.sandbox.ContentHash;
import java.util.LinkedHashMap;
import java.util.Map;

/// The EHR's colours and sizes for apps that it opens (SMART 2.2, `smart_style_url`). The address
/// holds a hash of the document, so that another document has another address and each may be kept
/// for good.
final class AppStyle {
  private static final String TEXT = Json.write(style());
  private static final String CACHED = "public, max-age=31536000, immutable";

  /// Path of the document.
  static final String PATH = Ehr.PATH + "/style-" + ContentHash.of(TEXT);

  private AppStyle() {}

  /// The document. No token is needed, and pages of every origin may read it.
  static Response answer() {
    return Cors.open(Response.of(200, "application/json", TEXT))
        .withHeader("cache-control", CACHED)
        .withHeader("x-content-type-options", "nosniff");
  }

  private static Map<String, Object> style() {
    var style = new LinkedHashMap<String, Object>();
    style.put("color_background", "#ffffff");
    style.put("color_error", "#8f1d1d");
    style.put("color_highlight", "#0b5563");
    style.put("color_modal_backdrop", "#14262d");
    style.put("color_success", "#0a5a2a");
    style.put("color_text", "#14262d");
    style.put("dim_border_radius", "6px");
    style.put("dim_font_size", "16px");
    style.put("dim_spacing_size", "16px");
    style.put("font_family_body", "system-ui, sans-serif");
    style.put("font_family_heading", "system-ui, sans-serif");
    return style;
  }
}
