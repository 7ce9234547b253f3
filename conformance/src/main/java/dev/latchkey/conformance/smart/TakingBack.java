package dev.latchkey.conformance.smart;

import dev.latchkey.conformance.app.AppKind;
import dev.latchkey.conformance.app.Clients;
import dev.latchkey.conformance.app.Launch;
import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.check.Check;
import dev.latchkey.conformance.check.Group;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import java.util.List;
import java.util.Map;

/// A patient who changes their mind. It comes last, since it ends a grant.
final class TakingBack {
  private TakingBack() {}

  static Group group() {
    return new Group(
        "Taking back",
        "g(10) part 9, token revocation",
        List.of(
            new Check(
                "REV-3",
                "the patient takes a key back, and neither of its tokens works any more",
                TakingBack::revoked)));
  }

  private static void revoked(Server server) throws Unmet, NotApplicable {
    var page = server.endpoint("management_endpoint");
    if (server.run().clients().given().containsKey(AppKind.KEY)) {
      throw new NotApplicable("under which name the page lists the app is not known");
    }
    var granted = server.granted(Launch.TO_TAKE_BACK);
    var patient = "/Patient/" + granted.text("patient");
    var _ = server.read(patient, granted.accessToken()).with(200);
    server.run().person().takeBack(page, Clients.name(AppKind.KEY));
    var _ = server.read(patient, granted.accessToken()).with(401, 403, 404);
    var form =
        Map.of("grant_type", "refresh_token", "refresh_token", granted.text("refresh_token"));
    var _ = granted.app().post(server, "token_endpoint", form).with(400, 401);
  }
}
