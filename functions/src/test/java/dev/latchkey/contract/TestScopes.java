package dev.latchkey.contract;

import dev.latchkey.scope.RecordType;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import java.util.stream.Stream;

/// Scopes to test with.
public final class TestScopes {
  private TestScopes() {}

  public static ScopeSet few() {
    return ScopeSet.parse("openid fhirUser offline_access patient/Observation.rs patient/*.read");
  }

  /// One for each resource type and each choice of letters: about 20 kB.
  public static ScopeSet many() {
    return new ScopeSet(RecordType.ofWildcard().flatMap(TestScopes::allLetters).toList());
  }

  private static Stream<Scope> allLetters(RecordType type) {
    return Stream.of(
            "c", "r", "u", "d", "s", "cr", "cu", "cd", "cs", "ru", "rd", "rs", "ud", "us", "ds",
            "cru", "crd", "crs", "cud", "cus", "cds", "rud", "rus", "rds", "uds", "crud", "crus",
            "crds", "cuds", "ruds", "cruds", "read", "write", "*")
        .flatMap(letters -> Scope.parse("patient/" + type.fhirName() + "." + letters).stream());
  }
}
