package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Who runs this server, for apps that let a patient choose (SMART 2.2, user-access brands).
final class Brands {
  private Brands() {}

  static Group group() {
    return new Group(
        "Brands",
        "SMART user-access brands",
        List.of(
            new Check("BRD-1", "the bundle names who runs this server", Brands::bundle),
            new Check(
                "BRD-1", "an organisation refers to each endpoint", Brands::endpointsAreReferenced),
            new Check("BRD-1", "who has it already is told 304", Brands::isNotSentTwice),
            new Check("BRD-2", "it lists this FHIR base as an endpoint", Brands::fhirBase)));
  }

  private static void bundle(Server server) throws Unmet, NotApplicable {
    var address = server.endpoint("user_access_brand_bundle");
    var answer = server.http().get(address, Map.of("Origin", "https://app.example")).with(200);
    unless(
        answer.header("access-control-allow-origin").isPresent(),
        "There is no Access-Control-Allow-Origin");
    var bundle = answer.json();
    unless("collection".equals(bundle.get("type")), "type is " + bundle.get("type"));
    unless(bundle.get("timestamp") != null, "There is no timestamp");
    unless(bundle.get("entry") instanceof List<?> entries && !entries.isEmpty(), "It is empty");
    var identifier = server.smartConfiguration().get("user_access_brand_identifier");
    unless(
        identifier instanceof Map<?, ?> named
            && answer.body().contains(String.valueOf(named.get("value"))),
        "user_access_brand_identifier is " + identifier);
  }

  private static Map<String, Object> read(Server server) throws Unmet, NotApplicable {
    return server.http().get(server.endpoint("user_access_brand_bundle")).with(200).json();
  }

  private static List<Map<?, ?>> resources(Map<String, Object> bundle, String type) {
    var found = new ArrayList<Map<?, ?>>();
    if (bundle.get("entry") instanceof List<?> entries) {
      for (var entry : entries) {
        if (entry instanceof Map<?, ?> members
            && members.get("resource") instanceof Map<?, ?> resource
            && type.equals(resource.get("resourceType"))) {
          found.add(resource);
        }
      }
    }
    return found;
  }

  private static void endpointsAreReferenced(Server server) throws Unmet, NotApplicable {
    var bundle = read(server);
    var referenced = new HashSet<String>();
    for (var organization : resources(bundle, "Organization")) {
      if (organization.get("endpoint") instanceof List<?> endpoints) {
        for (var endpoint : endpoints) {
          if (endpoint instanceof Map<?, ?> reference) {
            referenced.add(String.valueOf(reference.get("reference")).replaceAll(".*/", ""));
          }
        }
      }
    }
    var endpoints = resources(bundle, "Endpoint");
    unless(!endpoints.isEmpty(), "There is no Endpoint");
    for (var endpoint : endpoints) {
      var id = String.valueOf(endpoint.get("id"));
      unless(referenced.contains(id), "No organisation refers to Endpoint/" + id);
    }
  }

  private static void isNotSentTwice(Server server) throws Unmet, NotApplicable {
    var address = server.endpoint("user_access_brand_bundle");
    var tag = server.http().get(address).with(200).header("etag").orElse("");
    unless(!tag.isEmpty(), "There is no ETag");
    var _ = server.http().get(address, Map.of("If-None-Match", tag)).with(304);
  }

  private static void fhirBase(Server server) throws Unmet, NotApplicable {
    for (var endpoint : resources(read(server), "Endpoint")) {
      if (server.fhirBase().toString().equals(endpoint.get("address"))) {
        return;
      }
    }
    throw new Unmet("No Endpoint has the address " + server.fhirBase());
  }
}
