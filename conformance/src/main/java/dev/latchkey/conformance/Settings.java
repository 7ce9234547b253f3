package dev.latchkey.conformance;

import com.nimbusds.jose.jwk.JWK;
import dev.latchkey.conformance.app.App;
import dev.latchkey.conformance.app.AppKind;
import dev.latchkey.conformance.app.Clients;
import dev.latchkey.conformance.app.Credential;
import dev.latchkey.conformance.app.NoPerson;
import dev.latchkey.conformance.app.Run;
import dev.latchkey.conformance.app.ScriptedEhr;
import dev.latchkey.conformance.app.ScriptedPerson;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.deployment.Deployment;
import dev.latchkey.conformance.deployment.DeploymentChecks;
import dev.latchkey.conformance.smart.SmartChecks;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;

/// The options of the command line.
///
/// @param fhirBase without a trailing slash
/// @param groups the checks to run
/// @param html where to write a page; empty for nowhere
record Settings(URI fhirBase, Run run, List<Group> groups, Optional<Path> html) {
  private static final String NO_PERSON = "--no-person";

  private static final String NO_FHIR_API = "--no-fhir-api";
  private static final String ISSUER = "--issuer";
  private static final String BEHIND = "--behind";

  private static final Set<String> WITH_VALUE =
      Set.of(
          "--user",
          "--password",
          "--patient",
          "--other-patient",
          "--public",
          "--confidential",
          "--key-app",
          "--key",
          "--redirect-uri",
          "--launch-uri",
          "--ehr",
          "--ehr-user",
          "--ehr-password",
          "--ehr-patient",
          "--service-client",
          "--service-key",
          ISSUER,
          BEHIND,
          "--html");

  /// A command that cannot be carried out, and what is wrong with it.
  static final class Misused extends Exception {
    private static final long serialVersionUID = 1L;

    Misused(String problem) {
      super(problem);
    }
  }

  /// Of the command `check`.
  ///
  /// @param base as it was typed
  static Settings check(String base, List<String> arguments) throws Misused {
    var options = options(arguments);
    for (var deployments : List.of(ISSUER, BEHIND)) {
      if (options.containsKey(deployments)) {
        throw new Misused("The option %s is for verify".formatted(deployments));
      }
    }
    return read(base, options, true, SmartChecks.groups());
  }

  /// Of the command `verify`: what only a deployment can show comes first.
  ///
  /// @param base as it was typed
  static Settings verify(String base, List<String> arguments) throws Misused {
    var options = options(arguments);
    if (!options.containsKey("--user")) {
      options.put(NO_PERSON, "");
    }
    var groups = new ArrayList<>(DeploymentChecks.groups(deployment(options)));
    groups.addAll(SmartChecks.groups());
    return read(base, options, false, groups);
  }

  private static Deployment deployment(Map<String, String> options) throws Misused {
    var behind = new ArrayList<URI>();
    for (var address : options.getOrDefault(BEHIND, "").split(",", -1)) {
      if (!address.isEmpty()) {
        behind.add(address(address, "An address behind is"));
      }
    }
    var issuer = options.get(ISSUER);
    return new Deployment(
        issuer == null ? Optional.empty() : Optional.of(address(issuer, "The issuer is")),
        behind,
        InstantSource.system(),
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  private static Settings read(
      String base, Map<String, String> options, boolean register, List<Group> groups)
      throws Misused {
    try {
      return new Settings(
          address(base, "The FHIR base is"),
          run(options, register),
          groups,
          Optional.ofNullable(options.get("--html")).map(Path::of));
    } catch (IllegalArgumentException e) {
      throw new Misused(String.valueOf(e.getMessage()));
    }
  }

  private static URI address(String typed, String subject) throws Misused {
    try {
      var uri = new URI(typed.replaceAll("/+$", ""));
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Told below, as any other.
    }
    throw new Misused("%s no http or https address: %s".formatted(subject, typed));
  }

  private static Map<String, String> options(List<String> arguments) throws Misused {
    var options = new HashMap<String, String>();
    for (int i = 0; i < arguments.size(); i++) {
      var name = arguments.get(i);
      if (name.equals(NO_PERSON) || name.equals(NO_FHIR_API)) {
        options.put(name, "");
      } else if (!WITH_VALUE.contains(name)) {
        throw new Misused("There is no option " + name);
      } else if (++i == arguments.size()) {
        throw new Misused("The option %s needs a value".formatted(name));
      } else {
        options.put(name, arguments.get(i));
      }
    }
    return options;
  }

  private static Run run(Map<String, String> options, boolean register) throws Misused {
    var redirectUri = options.getOrDefault("--redirect-uri", "http://127.0.0.1:51004/callback");
    var launchUrl =
        options.getOrDefault("--launch-uri", URI.create(redirectUri).resolve("launch").toString());
    var clients = new Clients(apps(options, redirectUri), register, redirectUri, launchUrl);
    var service = signing(options, "--service-client", "--service-key", "");
    var otherPatient = Optional.of(options.getOrDefault("--other-patient", "mia"));
    var fhirApi = !options.containsKey(NO_FHIR_API);
    if (options.containsKey(NO_PERSON)) {
      var nobody = new NoPerson();
      return new Run(nobody, nobody, clients, service, otherPatient, fhirApi);
    }
    return new Run(
        new ScriptedPerson(
            options.getOrDefault("--user", "dolores"),
            options.getOrDefault("--password", "sandbox-dolores"),
            options.getOrDefault("--patient", "")),
        new ScriptedEhr(
            Optional.ofNullable(options.get("--ehr")).map(URI::create),
            new ScriptedPerson(
                options.getOrDefault("--ehr-user", "gusikowski"),
                options.getOrDefault("--ehr-password", "sandbox-gusikowski"),
                options.getOrDefault("--ehr-patient", ""))),
        clients,
        service,
        otherPatient,
        fhirApi);
  }

  private static Map<AppKind, App> apps(Map<String, String> options, String redirectUri)
      throws Misused {
    var apps = new EnumMap<AppKind, App>(AppKind.class);
    var open = options.get("--public");
    if (open != null) {
      apps.put(AppKind.PUBLIC, new App(open, new Credential.None(), redirectUri));
    }
    var confidential = options.get("--confidential");
    if (confidential != null) {
      var parts = confidential.split(":", 2);
      if (parts.length < 2) {
        throw new Misused("--confidential is ID:SECRET");
      }
      apps.put(AppKind.SECRET, new App(parts[0], new Credential.Secret(parts[1]), redirectUri));
    }
    signing(options, "--key-app", "--key", redirectUri)
        .ifPresent(app -> apps.put(AppKind.KEY, app));
    return apps;
  }

  private static Optional<App> signing(
      Map<String, String> options, String id, String file, String redirectUri) throws Misused {
    var client = options.get(id);
    var key = options.get(file);
    if (client != null && key != null) {
      var keys = new Credential.Keys(List.of(key(Path.of(key))));
      return Optional.of(new App(client, keys, redirectUri));
    }
    if (client != null || key != null) {
      throw new Misused("%s and %s go together".formatted(id, file));
    }
    return Optional.empty();
  }

  private static JWK key(Path file) throws Misused {
    try {
      var key = JWK.parse(Files.readString(file));
      if (key.isPrivate() && key.getKeyID() != null) {
        return key;
      }
      throw new Misused("%s holds no private key with a kid".formatted(file));
    } catch (IOException | ParseException _) {
      throw new Misused("%s cannot be read as a JSON Web Key".formatted(file));
    }
  }
}
