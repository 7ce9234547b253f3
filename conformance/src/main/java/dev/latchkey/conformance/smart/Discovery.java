package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What the server says about itself (Inferno: discovery; OpenID Connect Discovery; RFC 8414).
final class Discovery {
  private static final List<String> ALWAYS =
      List.of(
          "token_endpoint",
          "grant_types_supported",
          "capabilities",
          "code_challenge_methods_supported");

  private static final List<String> OPENID =
      List.of(
          "issuer",
          "authorization_endpoint",
          "token_endpoint",
          "jwks_uri",
          "response_types_supported",
          "subject_types_supported",
          "id_token_signing_alg_values_supported");

  private Discovery() {}

  static Group group() {
    return new Group(
        "Discovery",
        "SMART App Launch, discovery",
        List.of(
            new Check(
                "DIS-1",
                "smart-configuration is at the FHIR base, without a token",
                Discovery::isServed),
            new Check(
                "DIS-2", "it is JSON whatever Accept says", Discovery::isJsonWhateverIsAccepted),
            new Check("DIS-3", "its addresses are absolute", Discovery::hasAbsoluteAddresses),
            new Check("DIS-4", "it has what is always required, and S256", Discovery::hasAll),
            new Check("DIS-5", "members and capabilities agree", Discovery::agreesWithCapabilities),
            new Check(
                "DIS-6",
                "a server for apps with keys says which algorithms",
                Discovery::namesAlgorithms),
            new Check(
                "DIS-10",
                "the CapabilityStatement names the same addresses",
                Discovery::capabilityStatementAgrees),
            new Check(
                "DIS-11", "the issuer has an openid-configuration", Discovery::openidConfiguration),
            new Check("DIS-12", "RFC 8414 metadata says the same", Discovery::rfc8414),
            new Check(
                "DIS-13",
                "protected resource metadata names this FHIR base",
                Discovery::protectedResource),
            new Check("DIS-14", "the keys are public RSA keys with ids", Discovery::keys),
            new Check("COR-1", "any page may read it", Discovery::anyOriginReads),
            new Check(
                "COR-1",
                "any page may read the CapabilityStatement",
                server -> assertOpen(server, server.fhirApi("/metadata")))));
  }

  private static void isServed(Server server) throws Unmet {
    var _ = server.smartConfiguration();
    var _ =
        server
            .http()
            .get(URI.create(server.fhirBase() + "/.well-known/smart-configuration"))
            .with(200);
  }

  private static void isJsonWhateverIsAccepted(Server server) throws Unmet {
    for (var accept : List.of("*/*", "application/json", "application/fhir+xml", "text/html")) {
      var answer =
          server
              .http()
              .get(server.fhir("/.well-known/smart-configuration"), Map.of("Accept", accept))
              .with(200);
      unless(
          answer.isJson(),
          "With Accept %s it is %s".formatted(accept, answer.header("content-type")));
    }
  }

  private static void hasAbsoluteAddresses(Server server) throws Unmet {
    for (var member : server.smartConfiguration().entrySet()) {
      if (member.getKey().endsWith("_endpoint") || member.getKey().endsWith("_uri")) {
        unless(
            URI.create(String.valueOf(member.getValue())).isAbsolute(),
            member.getKey() + " is " + member.getValue());
      }
    }
  }

  private static void hasAll(Server server) throws Unmet {
    for (var member : ALWAYS) {
      unless(server.smartConfiguration().containsKey(member), "There is no " + member);
    }
    var methods = server.list("code_challenge_methods_supported");
    unless(
        methods.contains("S256") && !methods.contains("plain"),
        "code_challenge_methods_supported is " + methods);
  }

  private static void agreesWithCapabilities(Server server) throws Unmet {
    var document = server.smartConfiguration();
    var capabilities = server.list("capabilities");
    if (capabilities.stream().anyMatch(one -> one.startsWith("launch-"))) {
      unless(document.containsKey("authorization_endpoint"), "There is no authorization_endpoint");
    }
    var hasOpenid = capabilities.contains("sso-openid-connect");
    unless(document.containsKey("issuer") == hasOpenid, "issuer and sso-openid-connect disagree");
    if (hasOpenid) {
      unless(document.containsKey("jwks_uri"), "There is no jwks_uri");
    }
  }

  private static void namesAlgorithms(Server server) throws Unmet, NotApplicable {
    server.needs("client-confidential-asymmetric");
    unless(
        server.list("token_endpoint_auth_methods_supported").contains("private_key_jwt"),
        "token_endpoint_auth_methods_supported lacks private_key_jwt");
    var algorithms = server.list("token_endpoint_auth_signing_alg_values_supported");
    unless(
        algorithms.contains("RS384") && algorithms.contains("ES384"),
        "token_endpoint_auth_signing_alg_values_supported is " + algorithms);
    unless(!server.list("scopes_supported").isEmpty(), "There is no scopes_supported");
  }

  private static void capabilityStatementAgrees(Server server) throws Unmet, NotApplicable {
    var statement =
        server
            .http()
            .get(server.fhirApi("/metadata"), Map.of("Accept", "application/fhir+json"))
            .with(200)
            .body();
    var names = new HashMap<String, String>();
    names.put("authorize", "authorization_endpoint");
    names.put("token", "token_endpoint");
    names.put("introspect", "introspection_endpoint");
    names.put("revoke", "revocation_endpoint");
    names.put("register", "registration_endpoint");
    names.put("manage", "management_endpoint");
    var flat = statement.replaceAll("\\s", "");
    for (var name : names.entrySet()) {
      if (server.smartConfiguration().get(name.getValue()) instanceof String address) {
        var part = "{\"url\":\"%s\",\"valueUri\":\"%s\"}".formatted(name.getKey(), address);
        unless(
            flat.contains(part),
            "oauth-uris does not name %s as %s".formatted(address, name.getKey()));
      }
    }
  }

  private static void openidConfiguration(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    var issuer = String.valueOf(server.smartConfiguration().get("issuer"));
    var document = wellKnown(server, issuer, "openid-configuration");
    for (var member : OPENID) {
      unless(document.containsKey(member), "There is no " + member);
    }
    unless(issuer.equals(document.get("issuer")), "The issuer is " + document.get("issuer"));
    unless(
        document.get("id_token_signing_alg_values_supported") instanceof List<?> algorithms
            && algorithms.contains("RS256"),
        "RS256 is missing");
  }

  private static void rfc8414(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    var issuer = URI.create(String.valueOf(server.smartConfiguration().get("issuer")));
    var path = issuer.getPath() == null ? "" : issuer.getPath();
    var address = issuer.resolve("/.well-known/oauth-authorization-server" + path);
    var document = server.http().get(address).with(200).json();
    for (var member : List.of("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")) {
      unless(
          String.valueOf(server.smartConfiguration().get(member))
              .equals(String.valueOf(document.get(member))),
          member + " is " + document.get(member));
    }
  }

  private static void protectedResource(Server server) throws Unmet, NotApplicable {
    var base = server.fhirBase();
    var address = base.resolve("/.well-known/oauth-protected-resource" + base.getPath());
    var answer = server.http().get(address);
    if (answer.status() == 404) {
      throw new NotApplicable("the server has no RFC 9728 document");
    }
    var document = answer.with(200).json();
    unless(
        base.toString().equals(document.get("resource")),
        "resource is " + document.get("resource"));
    unless(document.containsKey("authorization_servers"), "There is no authorization_servers");
  }

  private static void keys(Server server) throws Unmet, NotApplicable {
    var body = server.http().get(server.endpoint("jwks_uri")).with(200).body();
    try {
      var ids = new HashSet<String>();
      var rsa = 0;
      for (var key : JWKSet.parse(body).getKeys()) {
        unless(!key.isPrivate(), "A private key is published");
        unless(key.getKeyID() != null && ids.add(key.getKeyID()), "A key id is missing or twice");
        rsa += key instanceof RSAKey ? 1 : 0;
      }
      unless(rsa > 0, "There is no RSA key, which RS256 needs");
    } catch (ParseException e) {
      throw new Unmet("The key set cannot be read: " + e.getMessage());
    }
  }

  private static void anyOriginReads(Server server) throws Unmet {
    var documents = new ArrayList<>(List.of(server.fhir("/.well-known/smart-configuration")));
    if (server.smartConfiguration().get("jwks_uri") instanceof String keys) {
      documents.add(URI.create(keys));
    }
    if (server.smartConfiguration().get("issuer") instanceof String issuer) {
      documents.add(URI.create(issuer + "/.well-known/openid-configuration"));
    }
    for (var document : documents) {
      assertOpen(server, document);
    }
  }

  private static void assertOpen(Server server, URI document) throws Unmet {
    var answer = server.http().get(document, Map.of("Origin", "https://app.example")).with(200);
    unless(
        answer.header("access-control-allow-origin").isPresent(),
        document.getPath() + " has no Access-Control-Allow-Origin");
  }

  private static Map<String, Object> wellKnown(Server server, String issuer, String name)
      throws Unmet {
    return server.http().get(URI.create(issuer + "/.well-known/" + name)).with(200).json();
  }
}
