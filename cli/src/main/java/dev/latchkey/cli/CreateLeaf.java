package dev.latchkey.cli;

import dev.latchkey.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// `clients create`: metadata as in RFC 7591 section 2, and what only an operator may say.
record CreateLeaf() implements Leaf {
  private static final Member METADATA_FILE =
      Member.text(
          "metadata", "--metadata", "FILE", "A JSON file with such metadata, to begin with.");
  private static final Member KEYS_FILE =
      Member.text("jwks", "--jwks", "FILE", "A JSON Web Key Set with the public keys of the app.");

  private static final List<Member> METADATA =
      List.of(
          Member.text("client_name", "--name", "TEXT", "What patients read."),
          Member.text("application_type", "--type", "TYPE", "web, browser or native."),
          Member.list(
              "redirect_uris", "--redirect-uri", "URI", "Where its patients come back to; repeat."),
          Member.list(
              "post_logout_redirect_uris",
              "--post-logout-redirect-uri",
              "URI",
              "Where they may go after they signed out here; repeat."),
          Member.text("scope", "--scope", "SCOPES", "The most that it may ask for, in quotes."),
          Member.text(
              "token_endpoint_auth_method",
              "--auth",
              "METHOD",
              "none, client_secret_basic, client_secret_post or private_key_jwt."),
          Member.list(
              "grant_types",
              "--grant-type",
              "TYPE",
              "What it may hand in at the token endpoint; repeat."),
          Member.text("jwks_uri", "--jwks-uri", "URL", "Where its public keys are."),
          Member.text("client_uri", "--website", "URL", "Its website."),
          Member.text("policy_uri", "--privacy-policy", "URL", "Its privacy policy."),
          Member.text("tos_uri", "--terms", "URL", "Its terms of use."),
          Member.list("contacts", "--contact", "MAIL", "Who is responsible; repeat."),
          Member.flag("dpop_bound_access_tokens", "--dpop", "Tokens only with a DPoP proof."),
          Member.flag(
              "require_pushed_authorization_requests",
              "--par",
              "Only pushed requests (RFC 9126)."));

  private static final List<Member> OF_THE_OPERATOR =
      List.of(
          Member.text(
              "identity",
              "--identity",
              "LEVEL",
              "verified (as if left out), registered or unverified."),
          Member.text("rotation", "--rotation", "RULE", "every_use or never."),
          Member.text("onReuse", "--on-reuse", "RULE", "revoke or alarm."),
          Member.flag(
              "introspectsAll", "--introspects-all", "A resource server: asks about any token."),
          Member.flag(
              "issuerAudienceOnly",
              "--issuer-audience-only",
              "Its assertions have to be for the issuer."));

  @Override
  public String name() {
    return "create";
  }

  @Override
  public String description() {
    return "Registers an app. Its secret, if it has one, is shown now and never again.";
  }

  @Override
  public void addTo(CommandSpec spec) {
    Stream.of(METADATA, List.of(KEYS_FILE, METADATA_FILE), OF_THE_OPERATOR)
        .flatMap(List::stream)
        .forEach(member -> member.addTo(spec));
  }

  @Override
  public Map<String, Object> request(ParseResult typed) {
    var metadata = new LinkedHashMap<>(file(METADATA_FILE, typed));
    METADATA.forEach(member -> member.putInto(metadata, typed));
    var keys = file(KEYS_FILE, typed);
    if (!keys.isEmpty()) {
      metadata.put(KEYS_FILE.name(), keys);
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("command", "create-client");
    request.put("metadata", metadata);
    OF_THE_OPERATOR.forEach(member -> member.putInto(request, typed));
    return request;
  }

  /// The JSON object in a file; empty when none was named.
  private static Map<String, Object> file(Member member, ParseResult typed) {
    var name = member.value(typed).map(String::valueOf);
    if (name.isEmpty()) {
      return Map.of();
    }
    try (var in = Files.newInputStream(Path.of(name.get()))) {
      return Json.readObject(in);
    } catch (IOException e) {
      throw new ParameterException(
          typed.commandSpec().commandLine(),
          "The file %s cannot be read as one JSON object.".formatted(name.get()));
    }
  }
}
