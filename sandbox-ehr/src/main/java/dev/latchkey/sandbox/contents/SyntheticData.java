package dev.latchkey.sandbox.contents;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The index of the committed FHIR data (`synthea/index.json`).
///
/// @param source what made the data
/// @param bundles in the order in which they must be loaded
/// @param resources how many resources there are
/// @param types how many of each resource type
public record SyntheticData(
    String source, List<Bundle> bundles, int resources, Map<String, Integer> types) {

  /// One transaction bundle: a patient's record, what the records share, or groups of patients.
  ///
  /// @param file name below `synthea/` on the class path, gzipped JSON
  /// @param sha256 of the uncompressed JSON, hexadecimal
  /// @param patient FHIR id; absent, like the three that follow, for the other bundles
  /// @param birthDate ISO date
  /// @param gender FHIR administrative gender
  public record Bundle(
      String file,
      int resources,
      String sha256,
      @Nullable String patient,
      @Nullable String name,
      @Nullable String birthDate,
      @Nullable String gender) {}

  public SyntheticData {
    bundles = List.copyOf(bundles);
    types = Map.copyOf(types);
  }
}
