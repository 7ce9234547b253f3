package dev.latchkey.registration;

import dev.latchkey.client.IdentityLevel;
import dev.latchkey.limit.RequestLimit;
import dev.latchkey.scope.NamedScope;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Who may register what.
///
/// @param issuers whose software statements are believed
/// @param anybodysScopes the most that an app may ask for which came with neither token nor
///   statement; never `system/`
/// @param protectedNames that no app may be called like, unless an operator checked it
/// @param loopback whether an address on this very machine is good enough for any app. For a
///   sandbox: on a server it would hand codes to whatever listens there
/// @param perCaller how many apps may be registered from one address, or by one copy of an app
/// @param perToken how many with one initial access token
public record RegistrationPolicy(
    RegistrationMode mode,
    List<StatementIssuer> issuers,
    ScopeSet anybodysScopes,
    List<String> protectedNames,
    boolean loopback,
    RequestLimit perCaller,
    RequestLimit perToken) {

  /// After this long without a patient's yes a registration ends that nobody vouched for.
  public static final Duration UNUSED = Duration.ofDays(30);

  /// It would look like this server's own.
  private static final String OWN_NAME = "Latchkey";

  private static final RequestLimit PER_CALLER = RequestLimit.perHour(20);
  private static final RequestLimit PER_TOKEN = RequestLimit.perHour(100);

  public RegistrationPolicy {
    issuers = List.copyOf(issuers);
    protectedNames = List.copyOf(protectedNames);
  }

  /// As a server has it: apps of anybody may read and may not write.
  public static RegistrationPolicy of(
      RegistrationMode mode, List<StatementIssuer> issuers, List<String> protectedNames) {
    var names = new ArrayList<>(protectedNames);
    names.add(OWN_NAME);
    return new RegistrationPolicy(
        mode,
        issuers,
        scopes("patient/*.rs patient/AuditEvent.rs"),
        names,
        false,
        PER_CALLER,
        PER_TOKEN);
  }

  /// For a sandbox, where records are made up and apps are being written: apps of anybody may also
  /// write, and ask for all that their user may see.
  public static RegistrationPolicy sandbox(RegistrationMode mode) {
    var server = of(mode, List.of(), List.of());
    return new RegistrationPolicy(
        mode,
        server.issuers,
        scopes("patient/*.cruds patient/AuditEvent.rs user/*.cruds"),
        server.protectedNames,
        false,
        server.perCaller,
        server.perToken);
  }

  /// For a sandbox that nobody else reaches.
  public RegistrationPolicy onLoopback() {
    return new RegistrationPolicy(
        mode, issuers, anybodysScopes, protectedNames, true, perCaller, perToken);
  }

  public RegistrationPolicy with(StatementIssuer issuer) {
    return new RegistrationPolicy(
        mode, List.of(issuer), anybodysScopes, protectedNames, loopback, perCaller, perToken);
  }

  public RegistrationPolicy with(RegistrationMode changed) {
    return new RegistrationPolicy(
        changed, issuers, anybodysScopes, protectedNames, loopback, perCaller, perToken);
  }

  public boolean isClosed() {
    return mode == RegistrationMode.CLOSED;
  }

  /// What somebody may register who brings nothing.
  Allowance anybody() {
    return new Allowance(
        IdentityLevel.UNVERIFIED,
        mode == RegistrationMode.OPEN ? anybodysScopes : ScopeSet.parse(""),
        false);
  }

  private static ScopeSet scopes(String data) {
    var named = NamedScope.KNOWN.stream().map(NamedScope::spelled).sorted();
    return ScopeSet.parse(named.collect(Collectors.joining(" ")) + " " + data);
  }
}
