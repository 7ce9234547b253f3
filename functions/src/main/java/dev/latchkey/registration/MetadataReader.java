package dev.latchkey.registration;

import dev.latchkey.client.ApplicationType;
import dev.latchkey.client.AuthenticationMethod;
import dev.latchkey.client.GrantType;
import dev.latchkey.http.Json;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Request;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads client metadata. Members that are not known here are dropped (RFC 7591 section 2).
public final class MetadataReader {
  private static final int LONGEST_BODY = 8_192;
  private static final Set<GrantType> BY_DEFAULT =
      EnumSet.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN);

  private MetadataReader() {}

  /// The JSON object of a request.
  static Outcome<Map<String, Object>> body(Request request) {
    var type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.split(";", 2)[0].strip().equals("application/json")) {
      return refused("Send the metadata as application/json in the body.");
    }
    if (request.body().length > LONGEST_BODY) {
      return refused("The metadata is longer than %d bytes.".formatted(LONGEST_BODY));
    }
    try {
      return Outcome.success(Json.readObjectOfStranger(request.body()));
    } catch (IOException e) {
      return refused("The body is not one JSON object in UTF-8 with each name once.");
    }
  }

  /// The metadata in a JSON object.
  public static Outcome<ClientMetadata> read(Map<String, Object> object) {
    try {
      return Outcome.success(metadata(new Members(object)));
    } catch (IllegalArgumentException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private static ClientMetadata metadata(Members members) {
    var type =
        members
            .text("application_type")
            .map(name -> known("application_type", ApplicationType.of(name)))
            .orElse(ApplicationType.WEB);
    var grantTypes = members.texts("grant_types").map(MetadataReader::grants).orElse(BY_DEFAULT);
    return new ClientMetadata(
        addresses(members, "redirect_uris"),
        type,
        members
            .text("token_endpoint_auth_method")
            .map(name -> known("token_endpoint_auth_method", AuthenticationMethod.of(name)))
            .orElseGet(() -> usualMethod(type)),
        members.text("token_endpoint_auth_signing_alg"),
        grantTypes,
        members.texts("response_types").orElseGet(() -> usualResponses(grantTypes)),
        members.text("client_name"),
        members.text("client_uri"),
        members.text("policy_uri"),
        members.text("tos_uri"),
        members.texts("contacts").orElse(List.of()),
        members.text("initiate_login_uri"),
        addresses(members, "post_logout_redirect_uris"),
        members.text("scope"),
        members.object("jwks"),
        members.text("jwks_uri"),
        members.text("software_id"),
        members.text("software_version"),
        members.flag("dpop_bound_access_tokens"),
        members.flag("require_pushed_authorization_requests"));
  }

  private static List<String> addresses(Members members, String name) {
    return members.texts(name).orElse(List.of()).stream().distinct().toList();
  }

  private static Set<GrantType> grants(List<String> names) {
    return names.stream()
        .map(name -> known("grant_types", GrantType.of(name)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(GrantType.class)));
  }

  /// RFC 7591 has `client_secret_basic` for all; an app that cannot keep a secret gets none here.
  private static AuthenticationMethod usualMethod(ApplicationType type) {
    return type == ApplicationType.WEB
        ? AuthenticationMethod.CLIENT_SECRET_BASIC
        : AuthenticationMethod.NONE;
  }

  private static List<String> usualResponses(Set<GrantType> grantTypes) {
    return grantTypes.contains(GrantType.AUTHORIZATION_CODE) ? List.of("code") : List.of();
  }

  private static <T> T known(String member, Optional<T> value) {
    return value.orElseThrow(
        () ->
            new IllegalArgumentException(
                "The member %s has a value that is not supported here.".formatted(member)));
  }

  private static <T> Outcome<T> refused(String description) {
    return Outcome.refused(RegistrationFailures.metadata(description));
  }
}
