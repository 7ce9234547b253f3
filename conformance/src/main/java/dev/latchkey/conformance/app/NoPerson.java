package dev.latchkey.conformance.app;

import dev.latchkey.conformance.verdict.NotApplicable;
import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;

/// For servers whose pages no script can fill in: whatever needs somebody is not run.
public final class NoPerson implements Person, Ehr {
  private static final String REASON = "nobody signs in in this run (--no-person)";

  @Override
  public URI decide(URI address, Map<String, String> form, Predicate<String> ticked, boolean allow)
      throws NotApplicable {
    throw new NotApplicable(REASON);
  }

  @Override
  public void takeBack(URI page, String appName) throws NotApplicable {
    throw new NotApplicable(REASON);
  }

  @Override
  public Opened open(Server server, App app) throws NotApplicable {
    throw new NotApplicable(REASON);
  }
}
