package dev.latchkey.sandbox.brand;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import dev.latchkey.http.Json;
import dev.latchkey.sandbox.RunningSandbox;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Endpoint.EndpointStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirements BRD-1 and BRD-2, with everything that Inferno's brands suite asserts. Nobody here
/// has a token.
class BrandsTest {
  private static final RunningSandbox SANDBOX = RunningSandbox.jdbc();
  private static final String ORIGIN = "https://app.example.org";

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void brd1_isFoundThroughDiscoveryAndReadableForPages() throws Exception {
    assertThat(address()).isEqualTo(SANDBOX.baseUrl() + "/brands");
    var answer = send(request());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type")).startsWith("application/fhir+json");
    assertThat(header(answer, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(answer, "access-control-expose-headers")).contains("ETag");
  }

  @Test
  void brd1_isACollectionWithATimeAndEntries() throws Exception {
    var bundle = bundle();

    assertThat(bundle.getType()).isEqualTo(BundleType.COLLECTION);
    assertThat(bundle.getTimestamp()).isNotNull();
    assertThat(bundle.getEntry())
        .hasSizeGreaterThan(1)
        .allSatisfy(
            entry ->
                assertThat(entry.getFullUrl())
                    .startsWith(SANDBOX.baseUrl().toString())
                    .endsWith(name(entry.getResource())));
  }

  @Test
  void brd1_brandsHaveWhatTheirProfileRequires() throws Exception {
    assertThat(all(Organization.class))
        .isNotEmpty()
        .allSatisfy(
            brand -> {
              assertThat(brand.getName()).isNotBlank();
              assertThat(brand.getActive()).isTrue();
              assertThat(brand.getTelecom())
                  .anyMatch(contact -> contact.getSystem() == ContactPointSystem.URL);
              var portal =
                  brand.getExtensionByUrl(
                      "http://hl7.org/fhir/StructureDefinition/organization-portal");
              assertThat(portal.getExtensionString("portalName")).isNotBlank();
              assertThat(portal.getExtensionByUrl("portalUrl").getValue().primitiveValue())
                  .isEqualTo(SANDBOX.baseUrl() + "/apps");
            });
  }

  @Test
  void brd1_endpointsHaveWhatTheirProfileRequires() throws Exception {
    assertThat(all(Endpoint.class))
        .isNotEmpty()
        .allSatisfy(
            endpoint -> {
              assertThat(endpoint.getStatus()).isEqualTo(EndpointStatus.ACTIVE);
              assertThat(endpoint.getConnectionType().getSystem())
                  .isEqualTo("http://terminology.hl7.org/CodeSystem/endpoint-connection-type");
              assertThat(endpoint.getConnectionType().getCode()).isEqualTo("hl7-fhir-rest");
              assertThat(
                      endpoint.getExtensionString(
                          "http://hl7.org/fhir/StructureDefinition/endpoint-fhir-version"))
                  .isEqualTo("4.0.1");
              assertThat(endpoint.getContact())
                  .anyMatch(contact -> contact.getSystem() == ContactPointSystem.URL);
              assertThat(endpoint.getPayloadType()).isNotEmpty();
              assertThat(endpoint.getAddress()).isNotBlank();
            });
  }

  @Test
  void brd1_everyEndpointIsReferredToByABrandAndRefersBack() throws Exception {
    var brands = all(Organization.class);
    var referredTo =
        brands.stream()
            .flatMap(brand -> brand.getEndpoint().stream())
            .map(Reference::getReference)
            .toList();
    var inPortals =
        brands.stream()
            .flatMap(brand -> brand.getExtension().stream())
            .flatMap(portal -> portal.getExtensionsByUrl("portalEndpoint").stream())
            .map(extension -> ((Reference) extension.getValue()).getReference())
            .toList();

    assertThat(all(Endpoint.class))
        .allSatisfy(
            endpoint -> {
              assertThat(referredTo).contains(name(endpoint));
              assertThat(inPortals).contains(name(endpoint));
              assertThat(brands)
                  .extracting(BrandsTest::name)
                  .contains(endpoint.getManagingOrganization().getReference());
            });
    assertThat(all(Endpoint.class)).extracting(BrandsTest::name).containsAll(referredTo);
  }

  @Test
  void brd1_theIdentifierOfDiscoveryMatchesExactlyOneBrand() throws Exception {
    var wanted =
        (Map<?, ?>) Objects.requireNonNull(configuration().get("user_access_brand_identifier"));
    assertThat(wanted.get("value")).isNotNull();

    assertThat(all(Organization.class).stream().flatMap(brand -> brand.getIdentifier().stream()))
        .filteredOn(
            identifier ->
                Objects.equals(identifier.getSystem(), wanted.get("system"))
                    && identifier.getValue().equals(wanted.get("value")))
        .hasSize(1);
  }

  @Test
  void brd1_saysOfNothingThatItIsMissing() throws Exception {
    assertThat(send(request()).body()).doesNotContain("data-absent-reason");
  }

  @Test
  void brd1_theTagIsWeakAndTheSameEachTime() throws Exception {
    var tag = header(send(request()), "etag");

    assertThat(tag).matches("W/\"[0-9a-f]+\"");
    assertThat(header(send(request()), "etag")).isEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TAG", "\"other\", TAG", "*"})
  void brd1_whoHasItAlreadyGets304(String ifNoneMatch) throws Exception {
    var tag = header(send(request()), "etag");

    var answer = send(request().header("If-None-Match", ifNoneMatch.replace("TAG", tag)));

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "etag")).isEqualTo(tag);
    assertThat(header(answer, "access-control-allow-origin")).isEqualTo("*");
  }

  @Test
  void brd1_whoHasAnotherOneGetsThisOne() throws Exception {
    var answer = send(request().header("If-None-Match", "W/\"0\", \"1\""));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void brd1_aPageMayAskWithTheTagThatItHas() throws Exception {
    var preflight =
        send(
            request()
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "if-none-match"));

    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(header(preflight, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(preflight, "access-control-allow-headers")).contains("If-None-Match");
  }

  @Test
  void brd2_theBaseUrlOfTheServiceIsListedWithItsOwner() throws Exception {
    assertThat(all(Endpoint.class))
        .extracting(Endpoint::getAddress)
        .contains(SANDBOX.fhirBase().toString());
    assertThat(all(Organization.class)).extracting(Organization::getName).isNotEmpty();
  }

  private Bundle bundle() throws Exception {
    var strict = FhirContext.forR4Cached().newJsonParser();
    strict.setParserErrorHandler(new StrictErrorHandler());
    return strict.parseResource(Bundle.class, send(request()).body());
  }

  private <T extends Resource> List<T> all(Class<T> type) throws Exception {
    return bundle().getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .flatMap(resource -> type.isInstance(resource) ? Stream.of(type.cast(resource)) : null)
        .toList();
  }

  /// Such as `Endpoint/a`.
  private static String name(Resource resource) {
    return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
  }

  private String address() throws Exception {
    return String.valueOf(configuration().get("user_access_brand_bundle"));
  }

  private Map<String, Object> configuration() throws Exception {
    var url = URI.create(SANDBOX.fhirBase() + "/.well-known/smart-configuration");
    var body = send(HttpRequest.newBuilder(url)).body();
    return Json.readObject(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private HttpRequest.Builder request() throws Exception {
    return HttpRequest.newBuilder(URI.create(address())).header("Origin", ORIGIN);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
