package dev.latchkey.conformance.app;

import dev.latchkey.conformance.http.Answer;
import dev.latchkey.conformance.http.Http;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The server that is looked at, and what was learned of it so far.
public final class Server {
  private final URI fhirBase;
  private final Http http = new Http();
  private final Run run;
  private final Map<Launch, Granted> granted = new HashMap<>();
  private @Nullable Map<String, Object> smart;

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

  /// What came of a launch. Each kind of launch is done once in a run.
  public Granted granted(Launch launch) throws Unmet, NotApplicable {
    var known = granted.get(launch);
    if (known == null) {
      known = launch.go(this);
      granted.put(launch, known);
    }
    return known;
  }

  /// Reads something with an access token.
  public Answer read(String path, String accessToken) throws Unmet {
    return http.get(
        fhir(path),
        Map.of("Authorization", "Bearer " + accessToken, "Accept", "application/fhir+json"));
  }
}
