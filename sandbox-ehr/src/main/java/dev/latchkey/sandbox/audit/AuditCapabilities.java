package dev.latchkey.sandbox.audit;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import dev.latchkey.sandbox.fhir.FhirInterceptor;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;

/// Says in `/fhir/metadata` how AuditEvents can be searched: HAPI lists all that the specification
/// defines, and what other types may include.
@Interceptor
public final class AuditCapabilities implements FhirInterceptor {
  private static final Set<String> SEARCHED =
      Set.of("_id", "agent", "date", "entity", "outcome", "patient", "subtype");

  @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
  public void describe(IBaseConformance conformance) {
    for (var resource : ((CapabilityStatement) conformance).getRestFirstRep().getResource()) {
      if (resource.getType().equals("AuditEvent")) {
        leaveOutWhatIsNotSearched(resource);
      } else {
        resource
            .getSearchRevInclude()
            .removeIf(include -> include.getValue().startsWith("AuditEvent:"));
      }
    }
  }

  private static void leaveOutWhatIsNotSearched(CapabilityStatementRestResourceComponent events) {
    events.getSearchParam().removeIf(parameter -> !SEARCHED.contains(parameter.getName()));
    events.setSearchInclude(List.of());
    events.setSearchRevInclude(List.of());
  }
}
