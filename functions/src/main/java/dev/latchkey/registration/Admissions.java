package dev.latchkey.registration;

import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Request;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/// Finds out in what role somebody registers an app (RFC 7591 section 3).
record Admissions(
    RegistrationPolicy policy, InitialAccessTokens tokens, DeviceKeys devices, Entropy entropy) {
  static final OAuthFailure BAD_TOKEN =
      RegistrationFailures.token(
          "The access token of this request is unknown, used up, expired or taken back.");

  private static final OAuthFailure NO_TOKEN =
      RegistrationFailures.token(
          "Registration needs an initial access token. Ask the people who run this server.");

  /// Whoever this is, if anything may be registered at all.
  Outcome<Admission> admit(Request request, Instant now) {
    if (policy.isClosed()) {
      return Outcome.refused(RegistrationFailures.closed());
    }
    if (request.header("authorization").isEmpty()) {
      return policy.mode() == RegistrationMode.TOKEN
          ? Outcome.refused(NO_TOKEN)
          : Outcome.success(new Admission.Anybody(policy.anybody(), network(request.sourceIp())));
    }
    var token = request.bearerToken().orElse("");
    return token.startsWith(InitialAccessTokenIssue.PREFIX)
        ? developer(token, now)
        : devices.admit(token, now).then(copy -> Outcome.success(new Admission.Device(copy)));
  }

  private Outcome<Admission> developer(String token, Instant now) {
    return tokens
        .find(SecretHash.of(token), now)
        .map(found -> Outcome.<Admission>success(new Admission.Developer(found)))
        .orElseGet(() -> Outcome.refused(BAD_TOKEN));
  }

  /// Uses up the right to register one app. Of several requests at once no more get it than there
  /// are uses.
  Outcome<Admission> use(Admission admission, Instant now) {
    var isUsed =
        switch (admission) {
          case Admission.Anybody _ -> true;
          case Admission.Developer(var token) -> tokens.use(token.hash(), entropy.value(), now);
          case Admission.Device(var copy) -> devices.use(copy, now);
        };
    return isUsed ? Outcome.success(admission) : Outcome.refused(BAD_TOKEN);
  }

  /// The address; of IPv6 the half that one customer has, who could use a new address each time.
  private static String network(String sourceIp) {
    try {
      return InetAddress.ofLiteral(sourceIp) instanceof Inet6Address v6
          ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), 8))
          : sourceIp;
    } catch (IllegalArgumentException notAnAddress) {
      return "";
    }
  }
}
