package dev.latchkey.portal.page;

import dev.latchkey.http.AddressQuery;
import dev.latchkey.http.Json;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.portal.ClaimMapping;
import dev.latchkey.portal.Portal.Answer;
import dev.latchkey.portal.Portal.Wishes;
import dev.latchkey.portal.PortalMessage;
import dev.latchkey.portal.PortalSettings;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the sign-in page of the team's own asks and says, behind the browser's back. Who may is for
/// the front door to decide.
public record PageCommands(
    SignInHandles handles, ClaimMapping mapping, InstantSource clock, Entropy entropy) {
  private static final int LONGEST_HANDLE = 100;

  /// `sub` is of the page, whose people are this server's people: their subjects stay the same when
  /// the page moves.
  public static PageCommands over(
      SignInHandles handles, ServerIdentity identity, InstantSource clock, Entropy entropy) {
    var settings =
        new PortalSettings(
            identity.issuer(),
            "",
            identity.fhirBase(),
            PortalSettings.FHIR_USER,
            PortalSettings.PATIENTS);
    return new PageCommands(handles, new ClaimMapping(settings), clock, entropy);
  }

  /// Runs one command, `show`, `accept` or `reject`.
  public Map<String, Object> run(Map<String, Object> command) {
    return switch (String.valueOf(command.get("command"))) {
      case "show" -> withHandle(command, this::show);
      case "accept" -> withHandle(command, (handle, open) -> accept(handle, open, command));
      case "reject" -> withHandle(command, this::reject);
      default -> problem("command has to be show, accept or reject.");
    };
  }

  /// The answer to what is no command at all.
  public static Map<String, Object> problem(String description) {
    return Map.of("error", "invalid_request", "error_description", description);
  }

  private interface Act {
    Map<String, Object> on(SecretHash handle, SignInHandle open);
  }

  private Map<String, Object> withHandle(Map<String, Object> command, Act act) {
    if (!(command.get("handle") instanceof String value) || value.length() > LONGEST_HANDLE) {
      return problem("handle has to be the parameter that the browser brought.");
    }
    var handle = SecretHash.of(value);
    return handles
        .find(handle, clock.instant())
        .map(open -> act.on(handle, open))
        .orElseGet(PageCommands::ended);
  }

  private Map<String, Object> show(SecretHash handle, SignInHandle open) {
    var wishes = open.wishes();
    var members = new LinkedHashMap<String, Object>();
    Json.putIfPresent(members, "login_hint", wishes.loginHint());
    Json.putIfPresent(members, "ui_locales", wishes.uiLocales());
    if (wishes.anew()) {
      members.put("prompt", "login");
    }
    if (wishes.maxAge() != Wishes.ANY_AGE) {
      members.put("max_age", wishes.maxAge());
    }
    members.put("expires_in", open.endsAt() - clock.instant().getEpochSecond());
    return members;
  }

  private Map<String, Object> accept(
      SecretHash handle, SignInHandle open, Map<String, Object> command) {
    var claims = new LinkedHashMap<String, Object>();
    if (!(command.get("user") instanceof Map<?, ?> user)) {
      return problem("user has to be an object that says who signed in.");
    }
    user.forEach((name, value) -> claims.put(String.valueOf(name), value));
    var now = clock.instant();
    var problem = new SignInReport(claims, mapping, now).problem();
    return problem.isPresent()
        ? problem(problem.get())
        : finish(handle, open, mapping.link(claims, now.getEpochSecond()))
            .map(done -> done.leadingBack("code", done.code()))
            .orElseGet(PageCommands::ended);
  }

  /// No code of this one gets out, so nobody takes it.
  private Map<String, Object> reject(SecretHash handle, SignInHandle open) {
    return finish(handle, open, new Answer.Refused("The page rejected the sign-in."))
        .map(done -> done.leadingBack("error", "access_denied"))
        .orElseGet(PageCommands::ended);
  }

  /// A sign-in that ended.
  ///
  /// @param seconds for which the browser may come back
  private record Done(String back, String code, long seconds) {
    Map<String, Object> leadingBack(String parameter, String value) {
      return Map.of(
          "redirect_to", AddressQuery.add(back, Map.of(parameter, value)), "expires_in", seconds);
    }

    @Override
    public String toString() {
      return "Done[redacted]";
    }
  }

  private Optional<Done> finish(SecretHash handle, SignInHandle open, Answer result) {
    var code = entropy.value();
    var now = clock.instant();
    var endsAt =
        Math.min(
            open.endsAt(), Lifetimes.after(now.getEpochSecond(), Lifetimes.AUTHORIZATION_CODE));
    var written = Json.write(PortalMessage.write(result));
    return handles.finish(handle, SecretHash.of(code), written, endsAt, now)
        ? Optional.of(new Done(open.back(), code, endsAt - now.getEpochSecond()))
        : Optional.empty();
  }

  private static Map<String, Object> ended() {
    return Map.of(
        "error",
        "invalid_handle",
        "error_description",
        "There is no such handle, or it was used, or more than ten minutes have passed.");
  }
}
