package dev.latchkey.conformance.check;

import dev.latchkey.conformance.app.Server;
import dev.latchkey.conformance.verdict.NotApplicable;
import dev.latchkey.conformance.verdict.Unmet;
import dev.latchkey.conformance.verdict.Verdict;

/// One thing that a server has to do.
///
/// @param id of the requirement, such as `DIS-1`
/// @param sentence what is true of a server that passes
public record Check(String id, String sentence, Body body) {
  /// Looks at the server.
  @FunctionalInterface
  public interface Body {
    /// Looks, and returns when all is well.
    ///
    /// @throws Unmet when the server does something else
    /// @throws NotApplicable when there is nothing to look at
    void look(Server server) throws Unmet, NotApplicable;
  }

  public Verdict run(Server server) {
    try {
      body.look(server);
      return new Verdict.Met();
    } catch (Unmet unmet) {
      return new Verdict.Failed(String.valueOf(unmet.getMessage()));
    } catch (NotApplicable reason) {
      return new Verdict.NotRun(String.valueOf(reason.getMessage()));
    } catch (RuntimeException unreadable) {
      // Servers send anything; an address or a type that nobody expected is theirs to mend.
      return new Verdict.Failed("The answer cannot be read: " + unreadable);
    }
  }
}
