package dev.latchkey.snapshot;

import dev.latchkey.http.Unavailable;
import dev.latchkey.secret.Entropy;
import dev.latchkey.wiring.BeforeSnapshot;
import java.io.IOException;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/// What a function does around the snapshot that Lambda starts its copies from (SnapStart, through
/// the hooks of CRaC): before it, a rehearsal. Nothing is made that a copy must not have, but Java
/// may have read random bytes ahead, so each copy drops these first.
public final class Snapshot implements Resource {
  private Snapshot() {}

  /// Makes the hooks known to the runtime.
  ///
  /// @return to be kept as long as the function: the context forgets what nobody holds
  public static Snapshot registered() {
    var snapshot = new Snapshot();
    Core.getGlobalContext().register(snapshot);
    return snapshot;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
    var _ = new Rehearsal(BeforeSnapshot.pretended()).play();
    try {
      BeforeSnapshot.greetAws();
    } catch (Unavailable e) {
      // Only the first request is slower then.
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    Entropy.forgetReadAhead();
  }
}
