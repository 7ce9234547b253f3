package dev.latchkey.conformance.deployment;

import dev.latchkey.conformance.check.Group;
import java.util.List;

/// The checks of a deployment, in the order in which they run. None signs in, registers an app or
/// leaves anything behind.
public final class DeploymentChecks {
  private DeploymentChecks() {}

  public static List<Group> groups(Deployment deployment) {
    return List.of(Transport.group(deployment), FrontDoor.group(deployment), Strangers.group());
  }
}
