package dev.latchkey.sandbox.conformance;

import dev.latchkey.conformance.deployment.Deployment;
import dev.latchkey.conformance.deployment.DeploymentChecks;
import dev.latchkey.conformance.smart.SmartChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;

/// The tests of this repository that carry the id of a requirement: methods named like
/// `tok9_anAssertionHasAllItsMembers` (or with several ids, `auz5_t01_…`), and the checks of the
/// module `conformance`.
final class Evidence {
  private static final Pattern METHOD = Pattern.compile("\\bvoid ((?:[a-z]+\\d+_)+)");
  private static final Pattern ID = Pattern.compile("([a-z]{3})(\\d+)_");

  /// Of what a deployment is asked, whichever it is.
  private static final Deployment ANY =
      new Deployment(
          Optional.empty(),
          List.of(),
          InstantSource.system(),
          (SSLSocketFactory) SSLSocketFactory.getDefault());

  private static final String CHECKS = "conformance check";

  private final Map<String, Set<String>> byId = new TreeMap<>();

  private Evidence() {}

  /// @param root of the repository
  static Evidence in(Path root) throws IOException {
    var evidence = new Evidence();
    for (var file : testSources(root)) {
      var name = String.valueOf(file.getFileName()).replace(".java", "");
      METHOD.matcher(Files.readString(file)).results().forEach(m -> evidence.add(m.group(1), name));
    }
    Stream.concat(SmartChecks.groups().stream(), DeploymentChecks.groups(ANY).stream())
        .flatMap(group -> group.checks().stream())
        .forEach(check -> evidence.byId(check.id()).add(CHECKS));
    return evidence;
  }

  private static List<Path> testSources(Path root) throws IOException {
    var sources = new ArrayList<Path>();
    try (var modules = Files.list(root)) {
      for (var tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          addJava(tests, sources);
        }
      }
    }
    return sources;
  }

  private static void addJava(Path folder, List<Path> sources) throws IOException {
    try (var files = Files.walk(folder)) {
      files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
    }
  }

  private void add(String prefixes, String test) {
    var ids = ID.matcher(prefixes);
    while (ids.find()) {
      byId(id(ids)).add(test);
    }
  }

  private static String id(Matcher found) {
    return found.group(1).toUpperCase(Locale.ROOT) + "-" + found.group(2);
  }

  private Set<String> byId(String id) {
    return byId.computeIfAbsent(id, _ -> new TreeSet<>());
  }

  /// The names of the tests for a requirement, in order; none when nothing shows it.
  List<String> of(String id) {
    return List.copyOf(byId.getOrDefault(id, Set.of()));
  }

  List<String> ids() {
    return List.copyOf(byId.keySet());
  }
}
