package dev.latchkey.wiring;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.event.EventLog;
import dev.latchkey.event.OperatorEvents;
import dev.latchkey.http.Edge;
import dev.latchkey.interaction.ConsentSettings;
import dev.latchkey.secret.Entropy;
import java.time.InstantSource;

/// The graph on DynamoDB and KMS.
final class AwsWiring {
  private AwsWiring() {}

  static Wiring ofEnvironment() {
    var environment = System.getenv();
    return Wiring.from(Settings.from(environment), log()).behind(Settings.edge(environment));
  }

  static Wiring hurriedOfEnvironment() {
    var settings = Settings.from(System.getenv());
    var aws = AwsClients.hurried(settings.region(), settings.awsEndpoint());
    return over(settings, aws, log(), InstantSource.system(), Entropy.secure());
  }

  private static EventLog log() {
    return new EventLog(System.out::println, InstantSource.system());
  }

  static Wiring over(
      Settings settings,
      AwsClients aws,
      OperatorEvents events,
      InstantSource clock,
      Entropy entropy) {
    var stores = DynamoStores.on(aws, settings.tables(), entropy);
    return new Wiring(
        settings.identity(),
        stores,
        KmsSigningKeys.on(aws, settings, stores.signingSchedules(), events, clock),
        aws.tokenKeys(settings.tokenKeyArn(), stores.tokenKeys(), clock),
        aws.sharedKey(settings.tokenKeyArn(), SecretHashing.KEY_USE, stores.wrappedKeys(), clock),
        AwsClients.keySets(settings.region(), settings.keySetFunction()),
        events,
        clock,
        entropy,
        settings.registration(),
        new ConsentSettings(settings.remembersConsent()),
        PortalWiring.portal(settings, stores, clock, entropy),
        Edge.none());
  }
}
