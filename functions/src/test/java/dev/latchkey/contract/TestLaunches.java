package dev.latchkey.contract;

import dev.latchkey.launch.AppContext;
import dev.latchkey.launch.AppFrame;
import dev.latchkey.launch.ContextReference;
import dev.latchkey.launch.LaunchContext;
import java.util.List;

/// What apps were opened for.
public final class TestLaunches {
  private TestLaunches() {}

  /// Everything that an EHR can say.
  public static LaunchContext full() {
    return new LaunchContext(
        "ana",
        "enc-1",
        List.of(
            new ContextReference("ImagingStudy/is-1", null),
            new ContextReference("List/l-1", "https://ehr.example/role/worklist")),
        "reconcile 𝔘 '\"\\ medications",
        "ward-☃",
        new AppFrame(false, "https://ehr.example/style-1.json"),
        new AppContext("{\"card\": \"\\n☃\", \"x\": 'y'}"));
  }

  /// Opened for this patient, and nothing else.
  public static LaunchContext of(String patient) {
    return new LaunchContext(patient, null, List.of(), null, null, new AppFrame(true, null), null);
  }
}
