package dev.latchkey.conformance;

import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Result;
import dev.latchkey.conformance.report.HtmlReport;
import dev.latchkey.conformance.report.Levels;
import dev.latchkey.conformance.report.TextReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The command line: `java -jar latchkey-conformance.jar check|verify <fhirBase> [options]`.
///
/// Exits with 0 when nothing is unmet, 1 when something is, 2 when the command is wrong.
public final class Conformance {
  private static final String USAGE =
      """
      Usage: java -jar latchkey-conformance.jar check|verify <fhirBase> [options]

      check looks at a SMART on FHIR server over HTTP, as apps do. verify looks at one that was just
      deployed, or still runs: at its transport and its front door too; it registers no app, and
      signs in only with --user.

      What a server does not claim, and what this run has no means for, is reported as not run, by
      name. Exit code: 0 nothing unmet, 1 something unmet, 2 wrong command. Proxies are those of the
      JVM (-Dhttps.proxyHost=, -Dhttps.proxyPort=).

      Without options everything is as a Latchkey sandbox has it. For another server:

      Who signs in, on pages that need no JavaScript
        --user NAME             (default: dolores)
        --password WORD         (default: sandbox-dolores)
        --patient ID            whose record to choose, where the pages ask (default: the first)
        --other-patient ID      a patient whom that user may not see (default: mia)
        --no-person             nobody: checks that need a signed-in user are not run
        --no-fhir-api           there is no FHIR API yet, or not for this run to look at

      For verify
        --issuer URL            what the server was deployed as
        --behind URL[,URL]      addresses behind CloudFront, which have to refuse

      Apps; with check, those that are not named register themselves (RFC 7591)
        --public ID             without a secret
        --confidential ID:SECRET
        --key-app ID            with a key,
        --key FILE              which is here: a private JSON Web Key with a kid
        --redirect-uri URI      of all (default: http://127.0.0.1:51004/callback)
        --launch-uri URI        where an EHR opens them (default: launch, beside the redirect URI)

      The EHR that opens them: a page as /ehr of a Latchkey sandbox
        --ehr URL               (default: /ehr of the FHIR server's host)
        --ehr-user NAME         (default: gusikowski)
        --ehr-password WORD     (default: sandbox-gusikowski)
        --ehr-patient ID        (default: the first)

      A backend service (default: the one that a sandbox publishes at /sandbox/apps)
        --service-client ID
        --service-key FILE      its private JSON Web Key with a kid

      Report
        --html FILE             also write it as a page
        --help
      """;

  private Conformance() {}

  public static void main(String[] arguments) throws IOException {
    System.exit(run(List.of(arguments), System.out));
  }

  /// Runs a command and returns its exit code.
  static int run(List<String> arguments, PrintStream out) throws IOException {
    if (arguments.contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    var command = arguments.isEmpty() ? "" : arguments.getFirst();
    if (arguments.size() < 2 || !(command.equals("check") || command.equals("verify"))) {
      out.print(USAGE);
      return 2;
    }
    var base = arguments.get(1);
    var options = arguments.subList(2, arguments.size());
    try {
      return run(
          command.equals("check") ? Settings.check(base, options) : Settings.verify(base, options),
          out);
    } catch (Settings.Misused misused) {
      out.println(misused.getMessage());
      out.println("See --help.");
      return 2;
    }
  }

  private static int run(Settings settings, PrintStream out) throws IOException {
    var results = new ArrayList<Result>();
    var levels = Levels.read();
    var text = new TextReport(out, levels);
    var server = new Server(settings.fhirBase(), settings.run());
    settings.groups().stream()
        .flatMap(group -> group.run(server))
        .forEach(
            result -> {
              results.add(result);
              text.add(result);
            });
    text.end(results);
    if (settings.html().isPresent()) {
      HtmlReport.write(
          settings.fhirBase(),
          results,
          levels,
          InstantSource.system().instant(),
          settings.html().get());
    }
    return results.stream().anyMatch(Result::isFailure) ? 1 : 0;
  }
}
