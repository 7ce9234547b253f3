package dev.latchkey.token;

import dev.latchkey.family.Family;
import dev.latchkey.http.Json;
import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A successful answer of the token endpoint (RFC 6749 section 5.1).
///
/// @param scopes what this access token may do, always named
/// @param renewal when access was granted for longer
/// @param idToken when `openid` was granted
/// @param issuedTokenType of the access token, where it was exchanged for another (RFC 8693 section
///   2.2.1)
/// @param launch repeated beside the access token, since apps treat that one as opaque (SMART 2.2)
/// @param notice address of a page about something that the app's developer should know
public record TokenResponse(
    String accessToken,
    TokenType type,
    Duration expiresIn,
    ScopeSet scopes,
    @Nullable Renewal renewal,
    @Nullable String idToken,
    @Nullable String issuedTokenType,
    LaunchContext launch,
    @Nullable String notice) {

  /// What to get the next access token with.
  ///
  /// @param expiresIn when it ends unless it is used before
  public record Renewal(String refreshToken, Duration expiresIn) {
    /// The live token of a family.
    ///
    /// @param now seconds since the epoch
    public static Renewal of(String refreshToken, Family family, long now) {
      var end = Math.min(family.idleExpiresAt(), family.absoluteExpiresAt());
      return new Renewal(refreshToken, Duration.ofSeconds(Math.max(0, end - now)));
    }

    @Override
    public String toString() {
      return "Renewal[expiresIn=" + expiresIn + ", redacted]";
    }
  }

  /// The JSON members, in the order in which people read them.
  public Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    members.put("access_token", accessToken);
    members.put("token_type", type.registeredName());
    members.put("expires_in", expiresIn.toSeconds());
    members.put("scope", scopes.spelled());
    if (renewal != null) {
      members.put("refresh_token", renewal.refreshToken());
      members.put("refresh_token_expires_in", renewal.expiresIn().toSeconds());
    }
    Json.putIfPresent(members, "id_token", idToken);
    Json.putIfPresent(members, "issued_token_type", issuedTokenType);
    Json.putIfPresent(members, "notice", notice);
    members.putAll(launch.members());
    return members;
  }

  @Override
  public String toString() {
    return "TokenResponse[scopes=" + scopes.spelled() + ", redacted]";
  }
}
