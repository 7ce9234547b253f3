package dev.latchkey.sandbox.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A SMART app that is registered in every sandbox.
///
/// @param applicationType `native`, `browser` or `web`
/// @param authenticationMethods of the token endpoint, as RFC 7591 names them; `none` for a public
///   client
/// @param secret public on purpose; absent for a public client
/// @param redirectUris complete URIs; the loopback address of a native app matches on any port
/// @param scopes the most that the app may ask for
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DemoApp(
    String clientId,
    String name,
    String description,
    String applicationType,
    List<String> authenticationMethods,
    @Nullable String secret,
    List<String> redirectUris,
    List<String> scopes) {

  public DemoApp {
    authenticationMethods = List.copyOf(authenticationMethods);
    redirectUris = List.copyOf(redirectUris);
    scopes = List.copyOf(scopes);
  }
}
