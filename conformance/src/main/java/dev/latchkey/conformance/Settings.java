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
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The options of the command line.
///
/// @param fhirBase without a trailing slash
/// @param html where to write a page; empty for nowhere
record Settings(URI fhirBase, Run run, Optional<Path> html) {
  private static final String NO_PERSON = "--no-person";

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
          "--html");

  /// A command that cannot be carried out, and what is wrong with it.
  static final class Misused extends Exception {
    private static final long serialVersionUID = 1L;

    Misused(String problem) {
      super(problem);
    }
  }

  /// @param base as it was typed
  static Settings read(String base, List<String> arguments) throws Misused {
    var options = options(arguments);
    try {
      return new Settings(
          fhirBase(base), run(options), Optional.ofNullable(options.get("--html")).map(Path::of));
    } catch (IllegalArgumentException e) {
      throw new Misused(String.valueOf(e.getMessage()));
    }
  }

  private static URI fhirBase(String base) throws Misused {
    var uri = URI.create(base.replaceAll("/+$", ""));
    if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
      throw new Misused("The FHIR base is no http or https address: " + base);
    }
    return uri;
  }

  private static Map<String, String> options(List<String> arguments) throws Misused {
    var options = new HashMap<String, String>();
    for (int i = 0; i < arguments.size(); i++) {
      var name = arguments.get(i);
      if (name.equals(NO_PERSON)) {
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

  private static Run run(Map<String, String> options) throws Misused {
    var redirectUri = options.getOrDefault("--redirect-uri", "http://127.0.0.1:51004/callback");
    var launchUrl =
        options.getOrDefault("--launch-uri", URI.create(redirectUri).resolve("launch").toString());
    var clients = new Clients(apps(options, redirectUri), redirectUri, launchUrl);
    var service = signing(options, "--service-client", "--service-key", "");
    var otherPatient = Optional.of(options.getOrDefault("--other-patient", "mia"));
    if (options.containsKey(NO_PERSON)) {
      var nobody = new NoPerson();
      return new Run(nobody, nobody, clients, service, otherPatient);
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
        otherPatient);
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
