package dev.latchkey.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The options that say where the operator function is. They are on every command; the environment
/// variable `LATCHKEY_TARGET` holds them for whoever does not want to type them.
final class TargetOptions {
  static final String VARIABLE = "LATCHKEY_TARGET";

  private static final String SANDBOX = "--sandbox";
  private static final String FUNCTION = "--function";
  private static final String LOCALSTACK = "--localstack";
  private static final String REGION = "--region";
  private static final String PROFILE = "--profile";
  private static final URI USUAL = URI.create("http://localhost:8080");

  private TargetOptions() {}

  static void addTo(CommandSpec command) {
    command.addArgGroup(
        ArgGroupSpec.builder()
            .exclusive(true)
            .multiplicity("0..1")
            .heading(
                "%nTarget (one of them; in " + VARIABLE + ", or the sandbox at " + USUAL + "):%n")
            .addArg(option(SANDBOX, "URL", "A sandbox on this machine."))
            .addArg(option(FUNCTION, "NAME", "The operator function on AWS."))
            .addArg(option(LOCALSTACK, "URL", "LocalStack, where a sandbox made its tables."))
            .build());
    command.addOption(option(REGION, "REGION", "AWS region, for --function."));
    command.addOption(option(PROFILE, "NAME", "Profile of the AWS CLI, for --function."));
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /// The target that the options name, or that the environment names.
  ///
  /// @param variable value of `LATCHKEY_TARGET`; empty when it is not set
  static Target target(ParseResult options, String variable) {
    return named(options)
        .or(() -> named(parsed(options.commandSpec().commandLine(), variable)))
        .orElseGet(() -> new SandboxTarget(USUAL));
  }

  private static Optional<Target> named(ParseResult options) {
    var function = text(options, FUNCTION);
    if (function.isEmpty() && (has(options, REGION) || has(options, PROFILE))) {
      throw wrong(options, "--region and --profile go with --function.");
    }
    return function
        .<Target>map(name -> FunctionTarget.of(name, text(options, REGION), text(options, PROFILE)))
        .or(() -> text(options, SANDBOX).map(url -> new SandboxTarget(url(options, url))))
        .or(() -> text(options, LOCALSTACK).map(url -> LocalStackTarget.at(url(options, url))));
  }

  private static ParseResult parsed(CommandLine command, String variable) {
    var spec = CommandSpec.create().name(VARIABLE);
    addTo(spec);
    try {
      var words = List.of(variable.strip().split(" +"));
      return new CommandLine(spec)
          .parseArgs(words.stream().filter(word -> !word.isEmpty()).toArray(String[]::new));
    } catch (ParameterException e) {
      throw new ParameterException(command, VARIABLE + ": " + e.getMessage(), e);
    }
  }

  private static URI url(ParseResult options, String text) {
    try {
      var url = URI.create(text);
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw wrong(options, "This is no URL: " + text);
  }

  private static ParameterException wrong(ParseResult options, String message) {
    return new ParameterException(options.commandSpec().commandLine(), message);
  }

  private static boolean has(ParseResult options, String name) {
    return options.hasMatchedOption(name);
  }

  private static Optional<String> text(ParseResult options, String name) {
    return Optional.ofNullable(options.matchedOptionValue(name, null));
  }
}
