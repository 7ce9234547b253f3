package dev.latchkey.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `grants revoke`: one of three commands, by which option was typed.
record RevokeLeaf() implements Leaf {
  private record Choice(String command, Member named) {}

  private static final List<Choice> CHOICES =
      List.of(
          new Choice(
              "revoke-family",
              Member.text("family", "--family", "ID", "One grant: the sid of its access tokens.")),
          new Choice(
              "revoke-app",
              Member.text("client", "--app", "CLIENT_ID", "All that anybody allowed this app.")),
          new Choice(
              "revoke-user",
              Member.text("subject", "--user", "SUB", "All that the user with this sub allowed.")));

  @Override
  public String name() {
    return "revoke";
  }

  @Override
  public String description() {
    return "Ends one grant, all of an app, or all of a user.";
  }

  @Override
  public void addTo(CommandSpec spec) {
    var group = ArgGroupSpec.builder().exclusive(true).multiplicity("1");
    CHOICES.forEach(choice -> group.addArg(choice.named().argument()));
    spec.addArgGroup(group.build());
  }

  @Override
  public Map<String, Object> request(ParseResult typed) {
    return CHOICES.stream()
        .filter(choice -> choice.named().value(typed).isPresent())
        .findFirst()
        .map(
            choice ->
                Map.of(
                    "command",
                    choice.command(),
                    choice.named().name(),
                    choice.named().value(typed).orElseThrow()))
        .orElseThrow();
  }
}
