package dev.latchkey.fault;

import dev.latchkey.aws.AwsClients;
import dev.latchkey.aws.ClientsOverHttp;
import dev.latchkey.contract.InProcessKms;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TableTemplates;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.registration.RegistrationMode;
import dev.latchkey.registration.RegistrationPolicy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// DynamoDB and KMS for one test class, both behind their own protocols, with tables and keys.
///
/// @param settings that name the tables and the keys
public record ServicesOverHttp(DynamoDbOverHttp dynamoDb, KmsOverHttp kms, Settings settings)
    implements AutoCloseable {

  public static ServicesOverHttp start() throws Exception {
    var dynamoDb = DynamoDbOverHttp.start();
    var kms = KmsOverHttp.start();
    var tables = TableTemplates.create(clients(dynamoDb.address(), kms.address()).dynamoDb());
    var settings =
        new Settings(
            new ServerIdentity(LocalWiring.ISSUER, LocalWiring.ISSUER + "/fhir"),
            KeySchedule.parse("CURRENT=" + InProcessKms.SIGNING_KEY),
            InProcessKms.TOKEN_KEY,
            "",
            tables,
            "eu-west-1",
            Optional.empty(),
            RegistrationPolicy.sandbox(RegistrationMode.OPEN),
            false,
            Settings.SignIn.HERE,
            false);
    return new ServicesOverHttp(dynamoDb, kms, settings);
  }

  /// The graph over the services themselves, with patience for a busy machine.
  public LocalWiring direct() {
    return LocalWiring.over(settings, clients(dynamoDb.address(), kms.address()));
  }

  /// The graph over the same tables and keys at other addresses, with the patience of the functions
  /// on AWS.
  public LocalWiring at(URI otherDynamoDb, URI otherKms) {
    return LocalWiring.over(settings, ClientsOverHttp.patientAsOnAws(otherDynamoDb, otherKms));
  }

  private static AwsClients clients(URI dynamoDb, URI kms) {
    return ClientsOverHttp.patientFor(Duration.ofSeconds(30), dynamoDb, kms);
  }

  @Override
  public void close() {
    dynamoDb.close();
    kms.close();
  }
}
