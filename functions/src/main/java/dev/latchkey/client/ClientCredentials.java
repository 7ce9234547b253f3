package dev.latchkey.client;

import java.util.List;
import java.util.Set;

/// How a client can prove who it is. What is not listed here is refused, so nobody can fall back to
/// a weaker way (RFC 9700 section 2.5).
///
/// @param methods `NONE` alone for a public client; never mixed with a secret or a key
/// @param secrets at most two that are live, for rotation; empty without a secret method
/// @param keys for `PRIVATE_KEY_JWT`
/// @param algorithms that its assertions may be signed with, as JWA names them
/// @param issuerAudienceOnly whether assertions for the token URL are refused and only those for
///   the issuer are taken (draft-ietf-oauth-rfc7523bis)
public record ClientCredentials(
    Set<AuthenticationMethod> methods,
    List<ClientSecret> secrets,
    ClientKeys keys,
    Set<String> algorithms,
    boolean issuerAudienceOnly) {

  /// What SMART asks every server to take from every client (SMART 2.2, asymmetric clients).
  public static final Set<String> SMART_ALGORITHMS = Set.of("RS384", "ES384");

  /// A client that proves nothing.
  public static final ClientCredentials NONE =
      new ClientCredentials(
          Set.of(AuthenticationMethod.NONE), List.of(), ClientKeys.NONE, Set.of(), false);

  public ClientCredentials {
    methods = Set.copyOf(methods);
    secrets = List.copyOf(secrets);
    algorithms = Set.copyOf(algorithms);
  }

  /// A client with one secret, sent in either way.
  public static ClientCredentials secret(ClientSecretHash hash, long issuedAt) {
    return new ClientCredentials(
        Set.of(AuthenticationMethod.CLIENT_SECRET_BASIC, AuthenticationMethod.CLIENT_SECRET_POST),
        List.of(ClientSecret.of(hash, issuedAt)),
        ClientKeys.NONE,
        Set.of(),
        false);
  }

  /// A client with keys, whose assertions are signed as SMART says.
  public static ClientCredentials keys(ClientKeys keys) {
    return new ClientCredentials(
        Set.of(AuthenticationMethod.PRIVATE_KEY_JWT), List.of(), keys, SMART_ALGORITHMS, false);
  }

  public boolean isPublic() {
    return methods.equals(Set.of(AuthenticationMethod.NONE));
  }

  public boolean hasKey() {
    return methods.contains(AuthenticationMethod.PRIVATE_KEY_JWT);
  }

  public boolean hasSecret() {
    return methods.contains(AuthenticationMethod.CLIENT_SECRET_BASIC)
        || methods.contains(AuthenticationMethod.CLIENT_SECRET_POST);
  }

  public ClientCredentials forIssuerOnly(boolean changed) {
    return new ClientCredentials(methods, secrets, keys, algorithms, changed);
  }

  public ClientCredentials withSecrets(List<ClientSecret> changed) {
    return new ClientCredentials(methods, changed, keys, algorithms, issuerAudienceOnly);
  }
}
