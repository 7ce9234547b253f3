package dev.latchkey.cli;

import dev.latchkey.cli.Target.Unreachable;
import dev.latchkey.http.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `latchkey`: what an operator does by hand.
///
/// Exit codes: 0 done, 1 refused by the server, 2 wrong usage, 3 no answer. The answer goes to the
/// standard output, everything else to the standard error output. Secrets are in the answer alone.
public final class Latchkey {
  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int NO_ANSWER = 3;

  private static final String DRY_RUN = "--dry-run";
  private static final String OUTPUT = "--output";

  private final Map<String, String> environment;
  private final PrintWriter out;
  private final PrintWriter err;

  private Latchkey(Map<String, String> environment, PrintWriter out, PrintWriter err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, System.out.charset());
    var err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(run(List.of(arguments), System.getenv(), out, err));
  }

  /// Runs one command and returns the exit code.
  static int run(
      List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    return new Latchkey(environment, out, err)
        .commandLine()
        .execute(arguments.toArray(String[]::new));
  }

  private CommandLine commandLine() {
    var top = CommandSpec.create().name("latchkey");
    top.usageMessage()
        .description("Runs a Latchkey server: apps, keys, and what patients allowed.")
        .footer("", "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no answer.");
    for (var group : Commands.GROUPS) {
      var spec = CommandSpec.create().name(group.name());
      spec.usageMessage().description(group.description());
      group.leaves().forEach(leaf -> spec.addSubcommand(leaf.name(), spec(leaf)));
      top.addSubcommand(group.name(), spec);
    }
    withHelp(top);
    return new CommandLine(top)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        // Ids of tokens are base64url, and some begin with a hyphen.
        .setUnmatchedOptionsArePositionalParams(true)
        .setExecutionStrategy(this::execute);
  }

  private static CommandSpec spec(Leaf leaf) {
    var spec = CommandSpec.wrapWithoutInspection(leaf).name(leaf.name());
    spec.usageMessage().description(leaf.description()).sortOptions(false).abbreviateSynopsis(true);
    leaf.addTo(spec);
    spec.addOption(
        OptionSpec.builder(DRY_RUN)
            .type(boolean.class)
            .description("Say what would happen, and change nothing.")
            .build());
    spec.addOption(
        OptionSpec.builder(OUTPUT)
            .type(OutputFormat.class)
            .paramLabel("FORMAT")
            .defaultValue(OutputFormat.TABLE.name())
            .description("table, or json for programs.")
            .build());
    TargetOptions.addTo(spec);
    return spec;
  }

  private static void withHelp(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help.")
            .build());
    spec.subcommands().values().forEach(command -> withHelp(command.getCommandSpec()));
  }

  private int execute(ParseResult parsed) {
    var help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    var typed = parsed;
    while (typed.hasSubcommand()) {
      typed = typed.subcommand();
    }
    if (typed.commandSpec().userObject() instanceof Leaf leaf) {
      return send(leaf, typed);
    }
    typed.commandSpec().commandLine().usage(err);
    return WRONG_USAGE;
  }

  private int send(Leaf leaf, ParseResult typed) {
    Map<String, Object> request = new LinkedHashMap<>(leaf.request(typed));
    if (typed.hasMatchedOption(DRY_RUN)) {
      request.put("dryRun", true);
    }
    var variable = environment.getOrDefault(TargetOptions.VARIABLE, "");
    try (var target = TargetOptions.target(typed, variable)) {
      return print(target.send(request), typed.matchedOptionValue(OUTPUT, OutputFormat.TABLE));
    } catch (Unreachable e) {
      err.println(e.getMessage());
      return NO_ANSWER;
    }
  }

  private int print(Map<String, Object> answer, OutputFormat format) {
    var isRefused = answer.containsKey("error");
    if (format == OutputFormat.JSON) {
      out.println(Json.write(answer));
    } else if (isRefused) {
      err.println(answer.get("description"));
    } else {
      out.print(new AnswerTable(answer).text());
      out.flush();
    }
    return isRefused ? REFUSED : DONE;
  }
}
