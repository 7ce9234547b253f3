package dev.latchkey.wiring;

import dev.latchkey.aws.HttpConnections;
import dev.latchkey.aws.PretendedServices;
import dev.latchkey.event.EventLog;
import dev.latchkey.secret.Entropy;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/// What is there for the time before a snapshot alone.
public final class BeforeSnapshot {
  private static final String KEY = "arn:aws:kms:eu-west-1:000000000000:key/pretended";

  private BeforeSnapshot() {}

  /// Whether this instance is one that Lambda keeps running, and not a copy of a snapshot.
  public static boolean isKeptRunning() {
    return "provisioned-concurrency".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));
  }

  /// Services that are only pretended.
  public record Pretended(PretendedServices services) implements AutoCloseable {
    /// Another graph on them. What it learns or makes goes away with it.
    public Wiring wiring() {
      return over(services);
    }

    @Override
    public void close() {
      services.close();
    }
  }

  /// Starts the services.
  ///
  /// @throws IOException when they cannot listen
  public static Pretended pretended() throws IOException {
    return new Pretended(PretendedServices.start());
  }

  private static Wiring over(PretendedServices services) {
    var settings =
        Settings.from(
            Map.of(
                "LATCHKEY_ISSUER", "https://pretended.invalid",
                "LATCHKEY_SIGNING_KEYS", "CURRENT=" + KEY,
                "LATCHKEY_TOKEN_KEY", KEY,
                "LATCHKEY_FAMILIES_TABLE", "families",
                "LATCHKEY_EPHEMERAL_TABLE", "ephemeral",
                "LATCHKEY_REGISTRY_TABLE", "registry",
                "AWS_REGION", "eu-west-1"));
    var clock = InstantSource.system();
    var events = new EventLog(_ -> {}, clock);
    return Wiring.from(settings, services.clients(), events, clock, Entropy.secure());
  }

  /// Opens a connection to DynamoDB and uses it, which loads and compiles what every connection
  /// needs.
  public static void greetAws(int requests) {
    var settings = Settings.from(System.getenv());
    HttpConnections.greet(settings.region(), settings.awsEndpoint(), requests);
  }
}
