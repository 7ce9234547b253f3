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
  /// The context forgets what nobody holds.
  private static final Snapshot HELD = new Snapshot();

  private Snapshot() {}

  /// Makes the hooks known to the runtime.
  public static void register() {
    Core.getGlobalContext().register(HELD);
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
