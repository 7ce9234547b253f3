package dev.latchkey.events;

import dev.latchkey.account.Assurance;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.PortalUser;
import java.util.List;
import java.util.Optional;

/// A portal that knows Ana, and one code of hers.
record TestPortal(long now) implements Portal {
  private static final String CODE = "not-a-secret-code-of-the-portal";

  @Override
  public Optional<String> address(Departure departure) {
    return Optional.of("https://portal.example.org/authorize?state=" + departure.state());
  }

  @Override
  public Answer identify(Return back) {
    return back.code().equals(CODE)
        ? new Answer.Known(
            new PortalUser(
                "https://portal.example.org",
                "4711",
                "Ana Silva",
                "Patient/ana",
                List.of(new PatientAccess("ana", "Ana Silva", "1988-04-02", "yourself")),
                now - 30,
                true,
                new Assurance("urn:example:two-factors", List.of("pwd", "otp"))))
        : new Answer.Refused("The token endpoint refused: invalid_grant");
  }
}
