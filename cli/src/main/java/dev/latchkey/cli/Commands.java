package dev.latchkey.cli;

import java.util.List;

/// All that can be typed.
final class Commands {
  private static final String IDENTITIES = "verified, registered or unverified.";

  /// Commands about one thing.
  record Group(String name, String description, List<Leaf> leaves) {}

  /// In the order of the help.
  static final List<Group> GROUPS =
      List.of(
          new Group("clients", "Registered apps.", clients()),
          new Group(
              "tokens", "Initial access tokens, with which developers register apps.", tokens()),
          new Group("token-keys", "Keys of refresh tokens.", tokenKeys()),
          new Group("signing-keys", "Keys that sign access tokens and id tokens.", signingKeys()),
          new Group("grants", "What patients allowed.", List.of(new RevokeLeaf())));

  private Commands() {}

  private static List<Leaf> clients() {
    return List.of(
        new CreateLeaf(),
        PlainLeaf.of(
            "list",
            "list-clients",
            "Lists the registered apps.",
            Member.number("limit", "--limit", "At most so many, 1 to 100 (50)."),
            Member.text("after", "--after", "CLIENT_ID", "Go on after this app.")),
        PlainLeaf.of("show", "show-client", "Shows an app, without its secrets.", Member.client()),
        PlainLeaf.of(
            "disable",
            "disable-client",
            "Switches an app off: it can neither start nor get another token.",
            Member.client(),
            Member.flag("revoke", "--revoke", "End all that anybody allowed it, too.")),
        PlainLeaf.of("enable", "enable-client", "Switches an app on again.", Member.client()),
        PlainLeaf.of(
            "rotate-secret",
            "rotate-client-secret",
            "Gives an app another secret, which is shown now and never again.",
            Member.client(),
            Member.number(
                "overlapHours",
                "--overlap-hours",
                "How long the last one works too (24); 0 ends it now.")),
        PlainLeaf.of(
            "verify",
            "verify-client",
            "Says how much is known of who stands behind an app. Patients read it.",
            Member.client(),
            Member.text("identity", "--identity", "LEVEL", IDENTITIES)),
        PlainLeaf.of(
            "remove",
            "remove-app",
            "Removes an app, and ends all that anybody allowed it.",
            Member.client()));
  }

  private static List<Leaf> tokens() {
    return List.of(
        PlainLeaf.of(
            "issue-initial",
            "issue-initial-access-token",
            "Lets a developer register apps, with a token that is shown now and never again.",
            Member.required("label", "--label", "TEXT", "Whom it is for."),
            Member.required(
                "scope", "--scope", "SCOPES", "The most that an app may ask for, in quotes."),
            Member.text("identity", "--identity", "LEVEL", "What the apps count as: " + IDENTITIES),
            Member.flag("backendServices", "--backend-services", "Apps without a user, too."),
            Member.number("uses", "--uses", "How many apps, 1 to 1000 (1)."),
            Member.number("hours", "--hours", "How long it works, up to 2160 (24).")),
        PlainLeaf.of(
            "list-initial",
            "list-initial-access-tokens",
            "Lists the tokens with which apps can still be registered, without the tokens."),
        PlainLeaf.of(
            "revoke-initial",
            "revoke-initial-access-token",
            "Takes such a token back.",
            Member.parameter("token", String.class, "ID", "Its id, which was shown with it.")));
  }

  private static List<Leaf> signingKeys() {
    return List.of(
        PlainLeaf.of("plan", "plan-signing-keys", "Lists the keys, and says what comes next."),
        PlainLeaf.of(
            "add",
            "add-signing-key",
            "Publishes a key that will sign later.",
            Member.parameter("key", String.class, "ARN", "ARN of a KMS key.")),
        PlainLeaf.of(
            "apply", "apply-signing-keys", "Takes the step that the plan names, if it is safe."),
        PlainLeaf.of(
            "drop",
            "drop-signing-key",
            "Removes a key that others may know, at once. Its tokens end.",
            Member.parameter("key", String.class, "ARN", "ARN of the key.")),
        PlainLeaf.of(
            "drop-windows",
            "drop-window-keys",
            "Removes window keys that others may know, at once. Their tokens end.",
            Member.text("kid", "--kid", "KID", "One of them (all).")));
  }

  private static List<Leaf> tokenKeys() {
    return List.of(
        PlainLeaf.of("list", "list-token-keys", "Lists the keys of refresh tokens."),
        PlainLeaf.of("rotate", "rotate-token-key", "Adds a key that will make new tokens."),
        PlainLeaf.of(
            "retire",
            "retire-token-key",
            "Refuses every refresh token of a key.",
            Member.parameter("keyId", Integer.class, "ID", "Its id, 0 to 255.")),
        PlainLeaf.of(
            "retire-all", "retire-all-token-keys", "Refuses every refresh token there is."));
  }
}
