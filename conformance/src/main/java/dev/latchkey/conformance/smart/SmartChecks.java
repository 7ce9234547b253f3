package dev.latchkey.conformance.smart;

import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.check.Result;
import java.util.List;
import java.util.stream.Stream;

/// Every check, in the order in which they run.
public final class SmartChecks {
  private static final List<Group> GROUPS =
      List.of(
          Discovery.group(),
          Claims.group(),
          StandaloneLaunch.group(),
          OpenId.group(),
          OpenIdRequests.group(),
          Refresh.group(),
          Introspection.group(),
          AuthorizationRefusals.group(),
          TokenRefusals.group(),
          PublicPages.group(),
          EhrLaunch.group(),
          PatientsChoice.group(),
          Categories.group(),
          KeyApps.group(),
          BackendServices.group(),
          BulkData.group(),
          ResourceServer.group(),
          Brands.group(),
          TakingBack.group());

  private SmartChecks() {}

  public static List<Group> groups() {
    return GROUPS;
  }

  /// Runs them, one after the other, as the stream is read.
  public static Stream<Result> run(Server server) {
    return GROUPS.stream().flatMap(group -> group.run(server));
  }
}
