package dev.latchkey.sandbox.contents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A SMART app that is registered in every sandbox. In JSON its members have the names of client
/// metadata (RFC 7591 section 2), as far as there is one.
///
/// @param applicationType `native`, `browser` or `web`
/// @param authenticationMethods of the token endpoint, as RFC 7591 names them; `none` for a public
///   client
/// @param grantTypes what it may hand in at the token endpoint; absent for an app with a user
/// @param secret public on purpose; absent for a public client
/// @param redirectUris complete URIs; the loopback address of a native app matches on any port
/// @param launchUrl where the EHR opens it; absent for an app that people open themselves
/// @param afterLogout where people may go after they signed out at the authorization server; absent
///   for nowhere
/// @param scopes the most that the app may ask for
/// @param introspectsAll true for a resource server, which may ask about tokens of every app
/// @param privateKey of an app that signs; never in the file, since each sandbox makes its own
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DemoApp(
    @JsonProperty("client_id") String clientId,
    @JsonProperty("client_name") String name,
    @JsonProperty("description") String description,
    @JsonProperty("application_type") String applicationType,
    @JsonProperty("token_endpoint_auth_methods") List<String> authenticationMethods,
    @JsonProperty("grant_types") @Nullable List<String> grantTypes,
    @JsonProperty("client_secret") @Nullable String secret,
    @JsonProperty("redirect_uris") List<String> redirectUris,
    @JsonProperty("initiate_login_uri") @Nullable String launchUrl,
    @JsonProperty("post_logout_redirect_uris") @Nullable List<String> afterLogout,
    @JsonProperty("scopes") List<String> scopes,
    @JsonProperty("introspects_all") @Nullable Boolean introspectsAll,
    @JsonProperty("private_jwk") @Nullable Map<String, Object> privateKey) {

  private static final String USUAL_ADDRESS = "http://localhost:8080/";

  public DemoApp {
    authenticationMethods = List.copyOf(authenticationMethods);
    grantTypes = grantTypes == null ? null : List.copyOf(grantTypes);
    redirectUris = List.copyOf(redirectUris);
    afterLogout = afterLogout == null ? null : List.copyOf(afterLogout);
    scopes = List.copyOf(scopes);
  }

  /// The same app with the addresses at the sandbox's usual address moved to the issuer.
  DemoApp servedAt(URI issuer) {
    return new DemoApp(
        clientId,
        name,
        description,
        applicationType,
        authenticationMethods,
        grantTypes,
        secret,
        moved(redirectUris, issuer),
        launchUrl == null ? null : moved(launchUrl, issuer),
        afterLogout == null ? null : moved(afterLogout, issuer),
        scopes,
        introspectsAll,
        privateKey);
  }

  private static List<String> moved(List<String> uris, URI issuer) {
    return uris.stream().map(uri -> moved(uri, issuer)).toList();
  }

  static String moved(String uri, URI issuer) {
    return uri.replace(USUAL_ADDRESS, issuer + "/");
  }

  /// Whether it proves itself with a key.
  public boolean signs() {
    return authenticationMethods.contains("private_key_jwt");
  }

  /// The same app with its private key, a JSON Web Key.
  public DemoApp with(Map<String, Object> key) {
    return new DemoApp(
        clientId,
        name,
        description,
        applicationType,
        authenticationMethods,
        grantTypes,
        secret,
        redirectUris,
        launchUrl,
        afterLogout,
        scopes,
        introspectsAll,
        key);
  }
}
