package dev.latchkey.aws;

import dev.latchkey.http.Json;
import dev.latchkey.launch.LaunchContext;
import java.util.Map;

/// How items keep a launch context: the patient in `pat`, and the rest, where an EHR opened the
/// app, as JSON in `ctx`.
final class LaunchAttributes {
  private LaunchAttributes() {}

  static Item.Builder put(Item.Builder item, LaunchContext launch) {
    var details = launch.details();
    return item.optionalText("pat", launch.patient())
        .optionalText("ctx", details.isEmpty() ? null : Json.write(details));
  }

  static LaunchContext read(Item item) {
    return LaunchContext.of(
        item.optionalText("pat").orElse(null),
        item.optionalText("ctx").map(Json::readObject).orElse(Map.of()));
  }
}
