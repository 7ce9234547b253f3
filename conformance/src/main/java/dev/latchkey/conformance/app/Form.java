package dev.latchkey.conformance.app;

import dev.latchkey.conformance.http.Http;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jsoup.nodes.Element;

/// A form of a page, filled in.
///
/// @param action where it is sent
/// @param body of the post
record Form(URI action, String body) {
  /// @param value what to send for a field; empty to leave it out
  static Form filled(Element form, Function<Element, Optional<String>> value) {
    var fields = new StringBuilder();
    for (var field : form.select("input[name], button[name], select[name]")) {
      value
          .apply(field)
          .ifPresent(
              text ->
                  fields
                      .append(fields.isEmpty() ? "" : "&")
                      .append(Http.encoded(Map.of(field.attr("name"), text))));
    }
    return new Form(URI.create(form.absUrl("action")), fields.toString());
  }

  /// What a person sees: `text`, `password`, `checkbox`, `radio`, `select`, `submit`, `hidden`.
  static String kind(Element field) {
    return switch (field.tagName()) {
      case "button" -> "submit";
      case "select" -> "select";
      default -> field.attr("type");
    };
  }

  /// The choice of a list that stands there unless somebody changes it.
  static Optional<String> preselected(Element select) {
    var option = select.selectFirst("option[selected]");
    return Optional.ofNullable(option == null ? select.selectFirst("option") : option)
        .map(Element::val);
  }

  /// Whether this is the one of its group that is checked, or the first where none is.
  static boolean isPreselected(Element radio) {
    var group = "input[type=radio][name=%s]".formatted(radio.attr("name"));
    var form = radio.closest("form");
    if (form == null) {
      return radio.hasAttr("checked");
    }
    var checked = form.selectFirst(group + "[checked]");
    return radio.equals(checked == null ? form.selectFirst(group) : checked);
  }
}
