package dev.latchkey.conformance.app;

import com.nimbusds.jose.jwk.JWK;
import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.http.Http;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.text.ParseException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The server that is looked at, and what was learned of it so far.
public final class Server {
  private final URI fhirBase;
  private final Http http = new Http();
  private final Run run;
  private final Map<AppKind, App> apps = new EnumMap<>(AppKind.class);
  private final Map<Launch, Launched> launched = new EnumMap<>(Launch.class);
  private final Map<String, Found> found = new HashMap<>();
  private @Nullable Map<String, Object> smart;
  private @Nullable App service;
  private @Nullable Export export;

  /// What came of a launch; a failure is kept too, so that no page is tried again and again.
  private sealed interface Launched {
    record Done(Granted granted) implements Launched {}

    record Ended(String seen) implements Launched {}
  }

  /// @param fhirBase without a trailing slash
  public Server(URI fhirBase, Run run) {
    this.fhirBase = fhirBase;
    this.run = run;
  }

  public URI fhirBase() {
    return fhirBase;
  }

  public Http http() {
    return http;
  }

  public Run run() {
    return run;
  }

  /// An address below the FHIR base; `path` starts with a slash.
  public URI fhir(String path) {
    return URI.create(fhirBase + path);
  }

  /// An address of the FHIR API itself, which need not be there yet.
  ///
  /// @throws NotApplicable when the run says so
  public URI fhirApi(String path) throws NotApplicable {
    if (run.fhirApi()) {
      return fhir(path);
    }
    throw new NotApplicable("this run leaves the FHIR API out (--no-fhir-api)");
  }

  /// `{fhirBase}/.well-known/smart-configuration`.
  public Map<String, Object> smartConfiguration() throws Unmet {
    if (smart == null) {
      smart = http.get(fhir("/.well-known/smart-configuration")).with(200).json();
    }
    return smart;
  }

  /// An endpoint by the name of its member.
  ///
  /// @throws NotApplicable when the server does not name it
  public URI endpoint(String member) throws Unmet, NotApplicable {
    if (smartConfiguration().get(member) instanceof String address) {
      return URI.create(address);
    }
    throw new NotApplicable("smart-configuration has no " + member);
  }

  /// The strings of an array member; empty when there is none.
  public List<String> list(String member) throws Unmet {
    return smartConfiguration().get(member) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /// Goes on only where the server claims a SMART capability.
  ///
  /// @throws NotApplicable when it does not
  public void needs(String capability) throws Unmet, NotApplicable {
    if (!list("capabilities").contains(capability)) {
      throw new NotApplicable("the server does not claim " + capability);
    }
  }

  /// The app of a kind, one for the whole run.
  public App app(AppKind kind) throws Unmet, NotApplicable {
    var known = apps.get(kind);
    if (known == null) {
      known = run.clients().get(this, kind);
      apps.put(kind, known);
    }
    return known;
  }

  /// A backend service: the run's own, or the one that a Latchkey sandbox publishes.
  public App service() throws Unmet, NotApplicable {
    if (service == null) {
      service = run.service().isPresent() ? run.service().get() : published();
    }
    return service;
  }

  /// An export, one for the whole run.
  public Export export() throws Unmet, NotApplicable {
    if (export == null) {
      export = Export.run(this);
    }
    return export;
  }

  private App published() throws Unmet, NotApplicable {
    var answer = http.get(fhirBase.resolve("/sandbox/apps"));
    if (answer.status() == 200) {
      for (var app : answer.jsonArray()) {
        if (app instanceof Map<?, ?> members
            && members.get("private_jwk") instanceof Map<?, ?> key
            && members.get("grant_types") instanceof List<?> grants
            && grants.contains("client_credentials")) {
          return new App(
              String.valueOf(members.get("client_id")),
              new Credential.Keys(List.of(read(key))),
              "");
        }
      }
    }
    throw new NotApplicable("no backend service is known (--service-client, --service-key)");
  }

  private static JWK read(Map<?, ?> key) throws Unmet {
    try {
      @SuppressWarnings("unchecked")
      var members = (Map<String, Object>) key;
      return JWK.parse(members);
    } catch (ParseException e) {
      throw new Unmet("The key of the backend service cannot be read: " + e.getMessage());
    }
  }

  /// What came of a launch. Each kind of launch is done once in a run.
  public Granted granted(Launch launch) throws Unmet, NotApplicable {
    var known = launched.get(launch);
    if (known == null) {
      known = go(launch);
      launched.put(launch, known);
    }
    return switch (known) {
      case Launched.Done(var granted) -> granted;
      case Launched.Ended(var seen) -> throw new Unmet(seen);
    };
  }

  private Launched go(Launch launch) throws NotApplicable {
    try {
      return new Launched.Done(launch.go(this));
    } catch (Unmet unmet) {
      return new Launched.Ended(String.valueOf(unmet.getMessage()));
    }
  }

  /// What a search finds for an app that was allowed everything. Each is done once in a run.
  public Found withFullAccess(String path) throws Unmet, NotApplicable {
    var known = found.get(path);
    if (known == null) {
      known = Found.of(this, path, granted(Launch.CONFIDENTIAL).accessToken());
      found.put(path, known);
    }
    return known;
  }

  /// Reads something with an access token.
  public Answer read(String path, String accessToken) throws Unmet, NotApplicable {
    return http.get(
        fhirApi(path),
        Map.of("Authorization", "Bearer " + accessToken, "Accept", "application/fhir+json"));
  }
}
