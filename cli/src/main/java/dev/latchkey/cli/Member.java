package dev.latchkey.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// What is typed for one member of a JSON object.
///
/// @param name of the member
/// @param argument the option or the parameter
record Member(String name, ArgSpec argument) {

  /// The app, as the first word after the command.
  static Member client() {
    return parameter("client", String.class, "CLIENT_ID", "The client_id of the app.");
  }

  static Member parameter(String name, Class<?> type, String label, String description) {
    return new Member(
        name,
        PositionalParamSpec.builder()
            .type(type)
            .index("0")
            .arity("1")
            .required(true)
            .paramLabel(label)
            .description(description)
            .build());
  }

  static Member text(String name, String option, String label, String description) {
    return new Member(name, option(option, label, description).build());
  }

  static Member required(String name, String option, String label, String description) {
    return new Member(name, option(option, label, description).required(true).build());
  }

  static Member number(String name, String option, String description) {
    return new Member(name, option(option, "N", description).type(Integer.class).build());
  }

  /// Several values, each with the option before it.
  static Member list(String name, String option, String label, String description) {
    return new Member(
        name,
        option(option, label, description)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .build());
  }

  static Member flag(String name, String option, String description) {
    return new Member(
        name, OptionSpec.builder(option).type(boolean.class).description(description).build());
  }

  private static OptionSpec.Builder option(String option, String label, String description) {
    return OptionSpec.builder(option).type(String.class).paramLabel(label).description(description);
  }

  void addTo(CommandSpec spec) {
    spec.add(argument);
  }

  /// Puts what was typed, and nothing when that was nothing.
  void putInto(Map<String, Object> members, ParseResult typed) {
    value(typed).ifPresent(value -> members.put(name, value));
  }

  Optional<Object> value(ParseResult typed) {
    @Nullable Object value =
        argument instanceof OptionSpec option
            ? typed.matchedOptionValue(option.longestName(), null)
            : typed.matchedPositionalValue(0, null);
    return Optional.ofNullable(value);
  }
}
