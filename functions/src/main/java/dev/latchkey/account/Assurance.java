package dev.latchkey.account;

import dev.latchkey.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How surely it is known who signed in, as whoever asked them says it (OpenID Connect Core section
/// 2).
///
/// @param acr the authentication context class; null when nothing was said
/// @param amr the methods used (RFC 8176), such as `pwd` and `otp`
public record Assurance(@Nullable String acr, List<String> amr) {
  /// Nothing was said.
  public static final Assurance UNSAID = new Assurance(null, List.of());

  private static final int LONGEST_ACR = 200;
  private static final int LONGEST_METHOD = 50;
  private static final int MOST_METHODS = 10;

  public Assurance {
    amr = List.copyOf(amr);
  }

  /// What claims say; whatever is no such claim, or none that anybody could mean, says nothing.
  public static Assurance of(Map<String, ?> claims) {
    var acr =
        claims.get("acr") instanceof String text && text.length() <= LONGEST_ACR ? text : null;
    var amr = claims.get("amr") instanceof List<?> methods ? methods.stream() : Stream.of();
    return new Assurance(
        acr,
        amr.filter(String.class::isInstance)
            .map(String.class::cast)
            .filter(method -> method.length() <= LONGEST_METHOD)
            .limit(MOST_METHODS)
            .toList());
  }

  /// As stores keep it; null when nothing was said.
  public @Nullable String written() {
    return equals(UNSAID) ? null : Json.write(claims());
  }

  /// What a store kept.
  public static Assurance read(@Nullable String written) {
    return written == null ? UNSAID : of(Json.readObject(written));
  }

  /// As claims of an id token, without those that were not said.
  public Map<String, Object> claims() {
    var claims = new LinkedHashMap<String, Object>();
    Json.putIfPresent(claims, "acr", acr);
    if (!amr.isEmpty()) {
      claims.put("amr", amr);
    }
    return claims;
  }
}
