package dev.latchkey.token;

import dev.latchkey.launch.LaunchContext;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A successful answer of the token endpoint (RFC 6749 section 5.1).
///
/// @param scopes what this access token may do, always named
/// @param refreshToken when access was granted for longer
/// @param idToken when `openid` was granted
/// @param issuedTokenType of the access token, where it was exchanged for another (RFC 8693 section
///   2.2.1)
/// @param launch repeated beside the access token, since apps treat that one as opaque (SMART 2.2)
public record TokenResponse(
    String accessToken,
    Duration expiresIn,
    ScopeSet scopes,
    @Nullable String refreshToken,
    @Nullable String idToken,
    @Nullable String issuedTokenType,
    LaunchContext launch) {

  /// The JSON members, in the order in which people read them.
  public Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    members.put("access_token", accessToken);
    members.put("token_type", "Bearer");
    members.put("expires_in", expiresIn.toSeconds());
    members.put("scope", scopes.spelled());
    putIfPresent(members, "refresh_token", refreshToken);
    putIfPresent(members, "id_token", idToken);
    putIfPresent(members, "issued_token_type", issuedTokenType);
    members.putAll(launch.members());
    return members;
  }

  private static void putIfPresent(
      Map<String, Object> members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, value);
    }
  }

  @Override
  public String toString() {
    return "TokenResponse[scopes=" + scopes.spelled() + ", redacted]";
  }
}
