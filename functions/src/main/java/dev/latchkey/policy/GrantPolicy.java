package dev.latchkey.policy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// The security floor of a grant: how long things last and what a refresh does, per client class
/// and kind of access, in one table.
///
/// Confidential clients renew at least three months with each refresh and have no absolute end,
/// which is what the US certification rule asks for (45 CFR 170.315(g)(10)(v)(A)).
///
/// @param accessToken life of an access token; bearer tokens of public apps are the shortest, since
///   anyone who has one can use it (RFC 9700 section 4.10)
/// @param retryWindow for how long a refresh token that was just used still gets the same
///   successor, while that successor is unused; [#UNTIL_USED] where the caller proved who it is
/// @param idle a refresh token that is not used for this long ends
/// @param absolute the whole grant ends after this long, or [#NO_END]
/// @param rotation whether a refresh brings a new refresh token
/// @param onReuse what a refresh token that comes back leads to
/// @param shadowEnds whether a streak of retries ends the family; see [RetryPolicy#SHADOW_STREAK]
public record GrantPolicy(
    Duration accessToken,
    Duration retryWindow,
    Duration idle,
    Duration absolute,
    TokenRotation rotation,
    ReuseResponse onReuse,
    boolean shadowEnds) {

  public static final Duration UNTIL_USED = ChronoUnit.FOREVER.getDuration();
  public static final Duration NO_END = ChronoUnit.FOREVER.getDuration();

  /// No access token lives longer than this, whoever has it.
  public static final Duration LONGEST_ACCESS_TOKEN = Duration.ofMinutes(60);

  /// The consented duration of a public app's offline access: thirteen months.
  private static final Duration CONSENTED = Duration.ofDays(396);

  private static final Duration SHORT_WINDOW = Duration.ofSeconds(30);

  /// The floor rule: what a client of this class gets when a patient granted it `kind`.
  ///
  /// Long access for an app on a device needs something that other apps on it do not have: a key
  /// (DPoP, or registered for the device), or an address that only its maker can claim.
  public static AccessKind longest(ClientClass clientClass, AccessKind kind) {
    return clientClass == ClientClass.PUBLIC_NATIVE && kind == AccessKind.OFFLINE
        ? AccessKind.ONLINE
        : kind;
  }

  /// A row of the table.
  ///
  /// @param clientClass what the client can prove
  /// @param kind how long access was granted for
  /// @param overrides where this client differs from its class
  /// @throws IllegalArgumentException when a client that does not authenticate has overrides
  public static GrantPolicy of(
      ClientClass clientClass, AccessKind kind, RefreshOverrides overrides) {
    if (!clientClass.isConfidential() && !overrides.equals(RefreshOverrides.NONE)) {
      throw new IllegalArgumentException(
          "Only a client that authenticates may keep its refresh token or reuse one");
    }
    return switch (longest(clientClass, kind)) {
      case OFFLINE -> offline(clientClass).with(overrides);
      case ONLINE -> online(clientClass).with(overrides);
      case ONCE -> once(accessToken(clientClass));
    };
  }

  private static GrantPolicy offline(ClientClass clientClass) {
    var accessToken = accessToken(clientClass);
    return switch (clientClass) {
      case PUBLIC_NATIVE -> online(clientClass);
      case PUBLIC_BEARER -> row(accessToken, SHORT_WINDOW, days(30), CONSENTED, true);
      case PUBLIC_CLAIMED -> row(accessToken, SHORT_WINDOW, days(100), CONSENTED, true);
      case PUBLIC_DPOP -> row(accessToken, UNTIL_USED, days(100), CONSENTED, false);
      case CONFIDENTIAL_SECRET, CONFIDENTIAL_KEY ->
          row(accessToken, UNTIL_USED, days(100), NO_END, false);
    };
  }

  private static Duration accessToken(ClientClass clientClass) {
    return switch (clientClass) {
      case PUBLIC_BEARER, PUBLIC_NATIVE, PUBLIC_CLAIMED -> minutes(10);
      case PUBLIC_DPOP -> minutes(15);
      case CONFIDENTIAL_SECRET, CONFIDENTIAL_KEY -> LONGEST_ACCESS_TOKEN;
    };
  }

  private static GrantPolicy online(ClientClass clientClass) {
    return row(
        minutes(10),
        SHORT_WINDOW,
        SessionPolicy.IDLE,
        SessionPolicy.ABSOLUTE,
        clientClass.isBearer());
  }

  /// One access token and nothing to refresh it with.
  private static GrantPolicy once(Duration accessToken) {
    return row(accessToken, Duration.ZERO, accessToken, accessToken, false);
  }

  private static GrantPolicy row(
      Duration accessToken,
      Duration retryWindow,
      Duration idle,
      Duration absolute,
      boolean shadowEnds) {
    return new GrantPolicy(
        accessToken,
        retryWindow,
        idle,
        absolute,
        TokenRotation.EVERY_USE,
        ReuseResponse.REVOKE,
        shadowEnds);
  }

  private GrantPolicy with(RefreshOverrides overrides) {
    return new GrantPolicy(
        accessToken,
        retryWindow,
        idle,
        absolute,
        overrides.rotation(),
        overrides.onReuse(),
        shadowEnds);
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
