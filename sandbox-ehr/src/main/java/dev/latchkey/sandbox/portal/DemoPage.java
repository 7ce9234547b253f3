package dev.latchkey.sandbox.portal;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import dev.latchkey.sandbox.portal.RecordReads.Read;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/// What the demo app shows once it has tokens.
///
/// @param notice what happened last; empty for nothing
/// @param revoked whether the app gave its access back
/// @param patient FHIR id; empty when there is none in context
/// @param granted the scopes of the token response
/// @param refused scopes that were asked for and not granted
/// @param context what else the EHR told the app, by name
/// @param seconds lifetime of the access token when it was issued
/// @param refreshable whether there is a refresh token
/// @param curl a command that repeats the first read
public record DemoPage(
    String notice,
    boolean revoked,
    String patient,
    String fhirUser,
    List<String> granted,
    List<String> refused,
    List<Told> context,
    long seconds,
    boolean refreshable,
    List<Read> reads,
    String curl,
    String csrf) {

  /// One member of the token response.
  public record Told(String name, String value) {}

  private static final List<String> CONTEXT =
      List.of(
          "encounter",
          "fhirContext",
          "intent",
          "tenant",
          "appContext",
          "need_patient_banner",
          "smart_style_url");

  static DemoPage of(DemoSession.Connected session, List<Read> reads, URI fhirBase) {
    var tokens = session.tokens().getOIDCTokens();
    var granted = granted(session.tokens());
    return new DemoPage(
        session.notice(),
        session.revoked(),
        session.patient(),
        session.fhirUser(),
        granted,
        session.asked().toStringList().stream().filter(s -> !granted.contains(s)).toList(),
        context(session.tokens()),
        tokens.getAccessToken().getLifetime(),
        tokens.getRefreshToken() != null,
        reads,
        "curl -H 'Authorization: %s' '%s/Patient/%s'"
            .formatted(
                tokens.getAccessToken().toAuthorizationHeader(), fhirBase, session.patient()),
        session.csrf());
  }

  private static List<Told> context(OIDCTokenResponse tokens) {
    var members = tokens.getCustomParameters();
    return CONTEXT.stream()
        .filter(members::containsKey)
        .map(name -> new Told(name, String.valueOf(members.get(name))))
        .toList();
  }

  private static List<String> granted(OIDCTokenResponse tokens) {
    var scope = tokens.getOIDCTokens().getAccessToken().getScope();
    return Objects.requireNonNullElseGet(scope, Scope::new).toStringList();
  }
}
