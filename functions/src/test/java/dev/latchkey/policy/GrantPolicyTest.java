package dev.latchkey.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GrantPolicyTest {
  private static final RefreshOverrides STABLE =
      new RefreshOverrides(TokenRotation.NEVER, ReuseResponse.ALARM);

  /// Minutes of the access token, seconds of the retry window, days idle and in all; -1 for no end.
  @ParameterizedTest
  @CsvSource({
    "PUBLIC_BEARER, 10, 30, 30, 396, true",
    "PUBLIC_CLAIMED, 10, 30, 100, 396, true",
    "PUBLIC_DPOP, 15, -1, 100, 396, false",
    "CONFIDENTIAL_SECRET, 60, -1, 100, -1, false",
    "CONFIDENTIAL_KEY, 60, -1, 100, -1, false"
  })
  void offlineAccess(
      ClientClass clientClass,
      int minutes,
      int window,
      int idle,
      int absolute,
      boolean shadowEnds) {
    var policy = GrantPolicy.of(clientClass, AccessKind.OFFLINE, RefreshOverrides.NONE);

    assertThat(policy)
        .isEqualTo(
            new GrantPolicy(
                Duration.ofMinutes(minutes),
                window < 0 ? GrantPolicy.UNTIL_USED : Duration.ofSeconds(window),
                Duration.ofDays(idle),
                absolute < 0 ? GrantPolicy.NO_END : Duration.ofDays(absolute),
                TokenRotation.EVERY_USE,
                ReuseResponse.REVOKE,
                shadowEnds));
  }

  /// The floor rule: other apps on the device can catch the answers of one without a key.
  @Test
  void aNativeAppWithoutAKeyHasNoLastingAccess() {
    assertThat(GrantPolicy.longest(ClientClass.PUBLIC_NATIVE, AccessKind.OFFLINE))
        .isEqualTo(AccessKind.ONLINE);
    assertThat(GrantPolicy.of(ClientClass.PUBLIC_NATIVE, AccessKind.OFFLINE, RefreshOverrides.NONE))
        .isEqualTo(
            GrantPolicy.of(ClientClass.PUBLIC_NATIVE, AccessKind.ONLINE, RefreshOverrides.NONE));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PUBLIC_NATIVE")
  void everybodyElseKeepsWhatThePatientAllowed(ClientClass clientClass) {
    for (var kind : AccessKind.values()) {
      assertThat(GrantPolicy.longest(clientClass, kind)).isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlineAccessEndsWithTheSession(ClientClass clientClass) {
    var policy = GrantPolicy.of(clientClass, AccessKind.ONLINE, RefreshOverrides.NONE);

    assertThat(policy.accessToken()).isEqualTo(Duration.ofMinutes(10));
    assertThat(policy.retryWindow()).isEqualTo(Duration.ofSeconds(30));
    assertThat(policy.idle()).isEqualTo(SessionPolicy.IDLE);
    assertThat(policy.absolute()).isEqualTo(SessionPolicy.ABSOLUTE);
  }

  /// 45 CFR 170.315(g)(10)(v)(A): a refresh token for a confidential app is valid for at least
  /// three more months, again and again.
  @ParameterizedTest
  @EnumSource(names = {"CONFIDENTIAL_SECRET", "CONFIDENTIAL_KEY"})
  void eachRefreshOfAConfidentialAppRenewsThreeMonthsWithoutAnEnd(ClientClass clientClass) {
    var policy = GrantPolicy.of(clientClass, AccessKind.OFFLINE, RefreshOverrides.NONE);

    assertThat(policy.idle()).isGreaterThanOrEqualTo(Duration.ofDays(92));
    assertThat(policy.absolute()).isEqualTo(GrantPolicy.NO_END);
  }

  @Test
  void aConfidentialAppMayKeepItsTokenAndBeWarnedInsteadOfRevoked() {
    var policy = GrantPolicy.of(ClientClass.CONFIDENTIAL_SECRET, AccessKind.OFFLINE, STABLE);

    assertThat(policy.rotation()).isEqualTo(TokenRotation.NEVER);
    assertThat(policy.onReuse()).isEqualTo(ReuseResponse.ALARM);
  }

  @ParameterizedTest
  @EnumSource(names = {"PUBLIC_BEARER", "PUBLIC_NATIVE", "PUBLIC_CLAIMED", "PUBLIC_DPOP"})
  void aPublicAppMayNot(ClientClass clientClass) {
    assertThatThrownBy(() -> GrantPolicy.of(clientClass, AccessKind.OFFLINE, STABLE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
