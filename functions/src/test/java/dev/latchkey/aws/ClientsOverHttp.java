package dev.latchkey.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// The clients as production makes them, for services at other addresses.
public final class ClientsOverHttp {
  private ClientsOverHttp() {}

  /// With the patience that the functions have on AWS.
  public static AwsClients patientAsOnAws(URI dynamoDb, URI kms) {
    return AwsClients.on("eu-west-1", Optional.of(dynamoDb), Optional.of(kms), Patience.SERVICE);
  }

  /// With the patience of a function that is waited for less than a second.
  public static AwsClients hurriedAsOnAws(URI dynamoDb, URI kms) {
    return AwsClients.on("eu-west-1", Optional.of(dynamoDb), Optional.of(kms), Patience.HURRIED);
  }

  /// With three attempts of this length.
  public static AwsClients patientFor(Duration attempt, URI dynamoDb, URI kms) {
    return AwsClients.on(
        "eu-west-1",
        Optional.of(dynamoDb),
        Optional.of(kms),
        new Patience(attempt, attempt.multipliedBy(3)));
  }
}
