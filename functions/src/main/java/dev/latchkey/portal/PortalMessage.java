package dev.latchkey.portal;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.http.Json;
import dev.latchkey.portal.Portal.Answer;
import dev.latchkey.portal.Portal.Departure;
import dev.latchkey.portal.Portal.Return;
import dev.latchkey.portal.Portal.Wishes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the function that talks to the portal is sent, and what it answers, as JSON.
public final class PortalMessage {
  private PortalMessage() {}

  public static Map<String, Object> ask(Departure departure) {
    var members = new LinkedHashMap<String, Object>();
    members.put("redirect_uri", departure.redirectUri());
    members.put("state", departure.state());
    members.put("nonce", departure.nonce());
    members.put("code_challenge", departure.challenge());
    Json.putIfPresent(members, "login_hint", departure.wishes().loginHint());
    Json.putIfPresent(members, "ui_locales", departure.wishes().uiLocales());
    members.put("max_age", departure.wishes().maxAge());
    members.put("anew", departure.wishes().anew());
    return Map.of("departure", members);
  }

  public static Map<String, Object> ask(Return back) {
    var members = new LinkedHashMap<String, Object>();
    members.put("redirect_uri", back.redirectUri());
    members.put("code", back.code());
    members.put("code_verifier", back.verifier());
    members.put("nonce", back.nonce());
    Json.putIfPresent(members, "iss", back.issuer());
    return Map.of("return", members);
  }

  /// Has a portal answer a message; a message that is none is refused.
  public static Map<String, Object> answer(Map<String, Object> message, Portal portal) {
    if (message.get("departure") instanceof Map<?, ?> members) {
      return portal
          .address(departure(members))
          .<Map<String, Object>>map(address -> Map.of("address", address))
          .orElseGet(() -> Map.of("error", "unreachable"));
    }
    return message.get("return") instanceof Map<?, ?> members
        ? write(portal.identify(back(members)))
        : write(new Answer.Refused("The message is not understood."));
  }

  /// The address in an answer.
  public static Optional<String> address(Map<String, Object> answer) {
    return Optional.ofNullable(answer.get("address"))
        .filter(String.class::isInstance)
        .map(Objects::toString);
  }

  public static Map<String, Object> write(Answer answer) {
    return switch (answer) {
      case Answer.Known(var user) -> Map.of("user", members(user));
      case Answer.Unlinked() -> Map.of("error", "unlinked");
      case Answer.Refused(var reason) -> Map.of("error", "refused", "reason", reason);
      case Answer.Unreachable() -> Map.of("error", "unreachable");
    };
  }

  public static Answer read(Map<String, Object> answer) {
    if (answer.get("user") instanceof Map<?, ?> members) {
      return new Answer.Known(user(members));
    }
    return switch (String.valueOf(answer.get("error"))) {
      case "unlinked" -> new Answer.Unlinked();
      case "refused" -> new Answer.Refused(String.valueOf(answer.get("reason")));
      default -> new Answer.Unreachable();
    };
  }

  private static Departure departure(Map<?, ?> members) {
    return new Departure(
        text(members, "redirect_uri"),
        text(members, "state"),
        text(members, "nonce"),
        text(members, "code_challenge"),
        new Wishes(
            optionalText(members, "login_hint"),
            optionalText(members, "ui_locales"),
            members.get("max_age") instanceof Number age ? age.longValue() : Wishes.ANY_AGE,
            Boolean.TRUE.equals(members.get("anew"))));
  }

  private static Return back(Map<?, ?> members) {
    return new Return(
        text(members, "redirect_uri"),
        text(members, "code"),
        text(members, "code_verifier"),
        text(members, "nonce"),
        optionalText(members, "iss"));
  }

  private static Map<String, Object> members(PortalUser user) {
    var members = new LinkedHashMap<String, Object>(user.assurance().claims());
    members.put("iss", user.issuer());
    members.put("sub", user.subject());
    members.put("name", user.name());
    members.put("fhirUser", user.fhirUser());
    members.put("patients", user.patients().stream().map(PortalMessage::members).toList());
    members.put("auth_time", user.authenticatedAt());
    members.put("auth_time_said", user.isTimeSaid());
    return members;
  }

  private static Map<String, Object> members(PatientAccess patient) {
    return Map.of(
        "id", patient.id(),
        "name", patient.name(),
        "birthDate", patient.birthDate(),
        "relationship", patient.relationship());
  }

  private static PortalUser user(Map<?, ?> members) {
    var patients = members.get("patients") instanceof List<?> list ? list : List.of();
    return new PortalUser(
        text(members, "iss"),
        text(members, "sub"),
        text(members, "name"),
        text(members, "fhirUser"),
        patients.stream().map(Map.class::cast).map(PortalMessage::patient).toList(),
        members.get("auth_time") instanceof Number time ? time.longValue() : 0,
        Boolean.TRUE.equals(members.get("auth_time_said")),
        assurance(members));
  }

  private static PatientAccess patient(Map<?, ?> members) {
    return new PatientAccess(
        text(members, "id"),
        text(members, "name"),
        text(members, "birthDate"),
        text(members, "relationship"));
  }

  private static Assurance assurance(Map<?, ?> members) {
    var claims = new LinkedHashMap<String, Object>();
    members.forEach((name, value) -> claims.put(String.valueOf(name), value));
    return Assurance.of(claims);
  }

  private static String text(Map<?, ?> members, String name) {
    return members.get(name) instanceof String text ? text : "";
  }

  private static @Nullable String optionalText(Map<?, ?> members, String name) {
    return members.get(name) instanceof String text ? text : null;
  }
}
