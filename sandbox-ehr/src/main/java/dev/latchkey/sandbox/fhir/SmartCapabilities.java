package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import dev.latchkey.sandbox.SandboxSettings;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemInteractionComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.UriType;

/// Says in `/fhir/metadata` how to get access.
///
/// SMART App Launch 2 reads `.well-known/smart-configuration` instead; the security extension of
/// SMART 1.0 stays for the clients that read nothing else.
@Interceptor
final class SmartCapabilities {

  private static final String OAUTH_URIS =
      "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";
  private static final String SECURITY_SERVICES =
      "http://terminology.hl7.org/CodeSystem/restful-security-service";

  /// An endpoint as SMART 1.0 names it, and the member of the discovery document with its address.
  private record Endpoint(String name, String member) {}

  private static final List<Endpoint> ENDPOINTS =
      List.of(
          new Endpoint("authorize", "authorization_endpoint"),
          new Endpoint("token", "token_endpoint"),
          new Endpoint("register", "registration_endpoint"),
          new Endpoint("introspect", "introspection_endpoint"),
          new Endpoint("revoke", "revocation_endpoint"),
          new Endpoint("manage", "management_endpoint"));

  private final SandboxSettings settings;

  SmartCapabilities(SandboxSettings settings) {
    this.settings = settings;
  }

  /// Completes the statement that HAPI generated.
  @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
  public void describe(IBaseConformance conformance) {
    var statement = (CapabilityStatement) conformance;
    statement.setName("LatchkeySandbox");
    statement.setPublisher("Latchkey");
    statement.getSoftware().setName("Latchkey sandbox").setVersion(version());
    statement
        .getImplementation()
        .setDescription("Latchkey sandbox EHR with synthetic patients")
        .setUrl(settings.fhirBase().toString());
    statement.getRestFirstRep().setSecurity(security());
    withoutProse(statement);
    leaveOutWhatAppsAreRefused(statement.getRestFirstRep());
  }

  /// The definition's URL says the same as its prose, which is most of what would be sent.
  private static void withoutProse(CapabilityStatement statement) {
    statement.setText(null);
    for (var resource : statement.getRestFirstRep().getResource()) {
      resource.getSearchParam().forEach(parameter -> parameter.setDocumentation(null));
    }
  }

  /// The access checks refuse transactions and conditional writes, and run a batch entry by entry.
  private static void leaveOutWhatAppsAreRefused(CapabilityStatementRestComponent rest) {
    rest.setInteraction(
        List.of(new SystemInteractionComponent().setCode(SystemRestfulInteraction.BATCH)));
    rest.getResource()
        .forEach(
            resource -> {
              resource.setConditionalCreateElement(null);
              resource.setConditionalUpdateElement(null);
              resource.setConditionalDeleteElement(null);
            });
  }

  private CapabilityStatementRestSecurityComponent security() {
    var security = new CapabilityStatementRestSecurityComponent().setCors(true);
    security
        .addService()
        .setText("OAuth 2.0 with SMART App Launch")
        .addCoding()
        .setSystem(SECURITY_SERVICES)
        .setCode("SMART-on-FHIR")
        .setDisplay("SMART-on-FHIR");
    security.addExtension(oauthUris());
    return security;
  }

  /// The addresses of the discovery document, so that the two cannot differ.
  private Extension oauthUris() {
    var discovery = settings.metadata().smartConfiguration();
    var uris = new Extension(OAUTH_URIS);
    for (var endpoint : ENDPOINTS) {
      if (discovery.get(endpoint.member()) instanceof String address) {
        uris.addExtension(new Extension(endpoint.name(), new UriType(address)));
      }
    }
    return uris;
  }

  private static String version() {
    var version = SmartCapabilities.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
