package dev.latchkey.sandbox.brand;

import dev.latchkey.policy.Brand;
import dev.latchkey.sandbox.SandboxSettings;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Endpoint.EndpointStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UrlType;

/// The sandbox's hospital and its one FHIR API, as a user-access brand bundle (SMART App Launch
/// 2.2, profiles user-access-brands-bundle, user-access-brand and user-access-endpoint).
final class BrandBundle {
  private static final String SMART = "http://hl7.org/fhir/smart-app-launch/";
  private static final String CORE = "http://hl7.org/fhir/StructureDefinition/";
  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

  /// When the contents changed last; to be moved with them.
  private static final String CHANGED = "2026-11-28T00:00:00Z";

  private static final String NAME = "Latchkey sandbox";
  private static final Reference BRAND = new Reference("Organization/latchkey-sandbox");
  private static final Reference ENDPOINT = new Reference("Endpoint/latchkey-sandbox-r4");

  private BrandBundle() {}

  static Bundle of(SandboxSettings settings) {
    var bundle = new Bundle().setType(BundleType.COLLECTION);
    bundle.getMeta().addProfile(SMART + "StructureDefinition/user-access-brands-bundle");
    bundle.setTimestampElement(new InstantType(CHANGED));
    var identity = settings.identity();
    add(bundle, settings, brand(settings, identity.brand().orElseThrow()), BRAND);
    add(bundle, settings, endpoint(settings), ENDPOINT);
    return bundle;
  }

  private static void add(
      Bundle bundle, SandboxSettings settings, Resource resource, Reference reference) {
    resource.setId(reference.getReference());
    bundle
        .addEntry()
        .setFullUrl(settings.issuer() + SandboxSettings.BRANDS + "/" + reference.getReference())
        .setResource(resource);
  }

  private static Organization brand(SandboxSettings settings, Brand brand) {
    var organization = new Organization().setActive(true).setName(NAME);
    organization.getMeta().addProfile(SMART + "StructureDefinition/user-access-brand");
    organization.addIdentifier(new Identifier().setSystem(brand.system()).setValue(brand.value()));
    organization.addType(
        new CodeableConcept(
            new Coding(SMART + "CodeSystem/user-access-category", "clinical", "Clinical")));
    organization.addTelecom(website(settings));
    organization.addExtension(portal(settings));
    organization.addEndpoint(ENDPOINT.copy());
    return organization;
  }

  /// Where patients manage what they share, and which API that is about.
  private static Extension portal(SandboxSettings settings) {
    var portal = new Extension(CORE + "organization-portal");
    portal.addExtension("portalName", new StringType("Your apps"));
    portal.addExtension("portalUrl", new UrlType(settings.issuer() + "/apps"));
    portal.addExtension("portalEndpoint", ENDPOINT.copy());
    return portal;
  }

  private static Endpoint endpoint(SandboxSettings settings) {
    var endpoint =
        new Endpoint()
            .setStatus(EndpointStatus.ACTIVE)
            .setConnectionType(
                new Coding()
                    .setSystem(TERMINOLOGY + "endpoint-connection-type")
                    .setCode("hl7-fhir-rest"))
            .setName("FHIR R4 API of the " + NAME)
            .setManagingOrganization(BRAND.copy())
            .setAddress(settings.fhirBase().toString());
    endpoint.getMeta().addProfile(SMART + "StructureDefinition/user-access-endpoint");
    endpoint.addExtension(CORE + "endpoint-fhir-version", new CodeType("4.0.1"));
    endpoint.addContact(website(settings));
    // FHIR R4 requires a payload type; the guide's own placeholder.
    endpoint.addPayloadType(
        new CodeableConcept(
            new Coding().setSystem(TERMINOLOGY + "endpoint-payload-type").setCode("none")));
    return endpoint;
  }

  private static ContactPoint website(SandboxSettings settings) {
    return new ContactPoint()
        .setSystem(ContactPointSystem.URL)
        .setValue(settings.issuer().toString());
  }
}
