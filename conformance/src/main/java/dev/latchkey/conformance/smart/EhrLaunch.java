package dev.latchkey.conformance.smart;

import static dev.latchkey.conformance.verdict.Unmet.unless;

import dev.latchkey.conformance.app.AppKind;
import dev.latchkey.conformance.app.Attempt;
import dev.latchkey.conformance.app.Granted;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// An app that an EHR opens on a record (SMART 2.2, EHR launch).
final class EhrLaunch {
  private EhrLaunch() {}

  static Group group() {
    return new Group(
        "EHR launch",
        "SMART App Launch, EHR launch; g(10) parts 3 and 9",
        List.of(
            new Check(
                "LCH-1",
                "the EHR opens the registered address with iss and launch",
                EhrLaunch::opens),
            new Check(
                "LCH-2", "launch works once, for that app, and is no other", EhrLaunch::handles),
            new Check("TRS-1", "the answer has its four fields", EhrLaunch::fourFields),
            new Check(
                "LCH-5", "patient and encounter are told and can be read", EhrLaunch::context),
            new Check(
                "LCH-6",
                "need_patient_banner and smart_style_url are told, and the style is public JSON",
                EhrLaunch::frame),
            new Check("LCH-7", "fhirContext is a list of references", EhrLaunch::references),
            new Check("LCH-9", "intent and tenant are words", EhrLaunch::words),
            new Check(
                "LCH-4", "the launch scope is enough to get a patient", EhrLaunch::patientOfLaunch),
            new Check(
                "SCO-7",
                "a scope for reading Patient comes back as it was asked for",
                EhrLaunch::patientScope),
            new Check("OID-2", "fhirUser can be read", EhrLaunch::fhirUser),
            new Check("INT-2", "introspection repeats the context", EhrLaunch::introspected),
            new Check("REF-10", "a refresh repeats the context", EhrLaunch::refreshed),
            new Check(
                "SCO-9",
                "a user scope opens the records of that user and no other",
                EhrLaunch::userScopes)));
  }

  private static Granted granted(Server server) throws Unmet, NotApplicable {
    return server.granted(Launch.EHR);
  }

  private static void opens(Server server) throws Unmet, NotApplicable {
    server.needs("launch-ehr");
    var address = server.run().ehr().open(server, server.app(AppKind.SECRET)).address();
    unless(
        address.toString().startsWith(server.run().clients().launchUrl() + "?"),
        "The app is opened at " + address);
    var query = Attempt.query(address);
    unless(server.fhirBase().toString().equals(query.get("iss")), "iss is " + query.get("iss"));
    unless(!query.getOrDefault("launch", "").isEmpty(), "launch is empty");
  }

  private static void handles(Server server) throws Unmet, NotApplicable {
    var used = granted(server).attempt();
    var scope = Launch.EHR.scope();
    var again = Attempt.of(server, used.app(), scope);
    var handle = used.parameters().getOrDefault("launch", "");
    Refused.assertRefused(again.with("launch", handle).sent(server), again, "");
    var unknown = again.with("launch", UUID.randomUUID().toString());
    Refused.assertRefused(unknown.sent(server), unknown, "");
    var fresh = server.run().ehr().open(server, used.app()).launch();
    var other = Attempt.of(server, server.app(AppKind.PUBLIC), scope).with("launch", fresh);
    Refused.assertRefused(other.sent(server), other, "");
  }

  private static void fourFields(Server server) throws Unmet, NotApplicable {
    TokenAnswers.assertWhole(granted(server));
    TokenAnswers.assertNotKept(granted(server).answer());
  }

  private static void context(Server server) throws Unmet, NotApplicable {
    var granted = granted(server);
    for (var type : List.of("Patient", "Encounter")) {
      var id = granted.text(type.equals("Patient") ? "patient" : "encounter");
      var read = server.read("/%s/%s".formatted(type, id), granted.accessToken()).with(200).json();
      unless(
          type.equals(read.get("resourceType")) && id.equals(read.get("id")),
          "%s/%s is %s/%s".formatted(type, id, read.get("resourceType"), read.get("id")));
    }
  }

  private static void frame(Server server) throws Unmet, NotApplicable {
    server.needs("context-banner");
    var granted = granted(server);
    unless(
        granted.tokens().get("need_patient_banner") instanceof Boolean,
        "need_patient_banner is " + granted.tokens().get("need_patient_banner"));
    server.needs("context-style");
    var style = URI.create(granted.text("smart_style_url"));
    var answer = server.http().get(style, Map.of("Origin", "https://app.example")).with(200);
    unless(!answer.json().isEmpty(), "The style is empty");
    unless(
        answer.header("access-control-allow-origin").isPresent(),
        "The style has no Access-Control-Allow-Origin");
  }

  private static void references(Server server) throws Unmet, NotApplicable {
    var context = granted(server).tokens().get("fhirContext");
    if (context == null) {
      throw new NotApplicable("the server sends no fhirContext");
    }
    unless(context instanceof List<?>, "fhirContext is " + context);
    for (var item : (List<?>) context) {
      unless(
          item instanceof Map<?, ?> members
              && (members.containsKey("reference")
                  || members.containsKey("canonical")
                  || members.containsKey("identifier")),
          "fhirContext has " + item);
      var members = (Map<?, ?>) item;
      var reference = String.valueOf(members.get("reference"));
      var isLaunch = members.get("role") == null || "launch".equals(members.get("role"));
      unless(
          !isLaunch || !reference.matches("(Patient|Encounter)/.*"),
          "fhirContext has " + reference);
    }
  }

  private static void words(Server server) throws Unmet, NotApplicable {
    var told = new HashMap<>(granted(server).tokens());
    told.keySet().retainAll(List.of("intent", "tenant"));
    if (told.isEmpty()) {
      throw new NotApplicable("the server sends neither");
    }
    for (var word : told.entrySet()) {
      unless(
          word.getValue() instanceof String text && !text.isEmpty(),
          word.getKey() + " is " + word.getValue());
    }
  }

  private static void patientOfLaunch(Server server) throws Unmet, NotApplicable {
    var granted = server.granted(Launch.EHR_PATIENT);
    var _ = server.read("/Patient/" + granted.text("patient"), granted.accessToken()).with(200);
  }

  private static void patientScope(Server server) throws Unmet, NotApplicable {
    var scopes = server.granted(Launch.EHR_PATIENT).scopes();
    unless(scopes.contains("patient/Patient.rs"), "It granted " + scopes);
  }

  private static void fhirUser(Server server) throws Unmet, NotApplicable {
    server.needs("sso-openid-connect");
    IdToken.readFhirUser(server, granted(server));
  }

  private static void introspected(Server server) throws Unmet, NotApplicable {
    Introspection.assertContext(server, granted(server));
  }

  private static void refreshed(Server server) throws Unmet, NotApplicable {
    var granted = granted(server);
    var form =
        Map.of("grant_type", "refresh_token", "refresh_token", granted.text("refresh_token"));
    var answer = granted.app().post(server, "token_endpoint", form).with(200);
    TokenAnswers.assertWhole(answer.json(), 3600);
    for (var name : Introspection.CONTEXT) {
      var said = granted.tokens().get(name);
      unless(
          said == null || said.equals(answer.json().get(name)),
          "%s is %s".formatted(name, answer.json().get(name)));
    }
  }

  private static void userScopes(Server server) throws Unmet, NotApplicable {
    server.needs("permission-user");
    var granted = server.granted(Launch.EHR_USER);
    var scopes = granted.scopes();
    unless(scopes.contains("user/Patient.rs"), "It granted " + scopes);
    var _ = server.read("/Patient/" + granted.text("patient"), granted.accessToken()).with(200);
    var other = server.run().otherPatient();
    if (other.isPresent()) {
      var _ = server.read("/Patient/" + other.get(), granted.accessToken()).with(403, 404);
    }
  }
}
