package dev.latchkey.conformance;

import dev.latchkey.conformance.app.Run;
import dev.latchkey.conformance.app.ScriptedPerson;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Result;
import dev.latchkey.conformance.report.HtmlReport;
import dev.latchkey.conformance.report.TextReport;
import dev.latchkey.conformance.smart.SmartChecks;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The command line: `java -jar latchkey-conformance.jar check <fhirBase> [options]`.
///
/// Exits with 0 when nothing failed, 1 when something did, 2 when the command cannot be understood.
public final class Conformance {
  private static final String USAGE =
      """
      Usage: java -jar latchkey-conformance.jar check <fhirBase> [options]

        --user NAME          who signs in (default: kendal, of the sandbox)
        --password WORD      (default: sandbox-kendal)
        --patient ID         which record to choose, where the pages ask
        --other-patient ID   a patient whom that user may not see (default: mia)
        --confidential ID:SECRET   an app with a secret, where apps cannot register themselves
        --public ID          an app without one, likewise
        --redirect-uri URI   of both (default: http://127.0.0.1:51004/callback)
        --html FILE          also write the report as a page
      """;

  private static final Set<String> OPTIONS =
      Set.of(
          "--user",
          "--password",
          "--patient",
          "--other-patient",
          "--confidential",
          "--public",
          "--redirect-uri",
          "--html");

  private Conformance() {}

  public static void main(String[] arguments) throws IOException {
    System.exit(run(List.of(arguments), System.out));
  }

  /// Runs a command and returns its exit code.
  static int run(List<String> arguments, PrintStream out) throws IOException {
    if (arguments.size() < 2 || !arguments.getFirst().equals("check")) {
      out.print(USAGE);
      return 2;
    }
    var options = options(arguments.subList(2, arguments.size()));
    if (options.isEmpty()) {
      out.print(USAGE);
      return 2;
    }
    var base = URI.create(arguments.get(1).replaceAll("/+$", ""));
    return check(base, options.get(), out);
  }

  private static int check(URI fhirBase, Map<String, String> options, PrintStream out)
      throws IOException {
    var results = new ArrayList<Result>();
    var text = new TextReport(out);
    SmartChecks.run(new Server(fhirBase, run(options)))
        .forEach(
            result -> {
              results.add(result);
              text.add(result);
            });
    text.end(results);
    if (options.containsKey("--html")) {
      HtmlReport.write(
          fhirBase, results, InstantSource.system().instant(), Path.of(options.get("--html")));
    }
    return results.stream().anyMatch(Result::isFailure) ? 1 : 0;
  }

  private static Run run(Map<String, String> options) {
    return new Run(
        new ScriptedPerson(
            options.getOrDefault("--user", "kendal"),
            options.getOrDefault("--password", "sandbox-kendal"),
            options.getOrDefault("--patient", "")),
        Optional.ofNullable(options.get("--public")),
        Optional.ofNullable(options.get("--confidential")),
        options.getOrDefault("--redirect-uri", "http://127.0.0.1:51004/callback"),
        Optional.of(options.getOrDefault("--other-patient", "mia")));
  }

  private static Optional<Map<String, String>> options(List<String> arguments) {
    var options = new HashMap<String, String>();
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!OPTIONS.contains(arguments.get(i)) || i + 1 == arguments.size()) {
        return Optional.empty();
      }
      options.put(arguments.get(i), arguments.get(i + 1));
    }
    return Optional.of(options);
  }
}
