package dev.latchkey.launch;

import java.util.LinkedHashMap;
import java.util.Map;

/// An app that an EHR opens for somebody (SMART 2.2, EHR launch).
///
/// @param subject the `sub` of the user in whose hands the EHR was; nobody else can go on
/// @param context what was open; its patient may be missing, and is then chosen as in a standalone
///   launch
public record Launch(String subject, LaunchContext context) {
  private static final String SUBJECT = "sub";

  /// As one JSON object: the form in which every store keeps it.
  public Map<String, Object> document() {
    var members = new LinkedHashMap<String, Object>();
    members.put(SUBJECT, subject);
    members.putAll(context.members());
    return members;
  }

  /// Reads what [#document] wrote.
  public static Launch of(Map<String, Object> document) {
    if (document.get(SUBJECT) instanceof String subject) {
      return new Launch(
          subject, LaunchContext.of(LaunchContext.text(document, "patient"), document));
    }
    throw new IllegalStateException("A stored launch has no user");
  }
}
