package dev.latchkey.snapshot;

import dev.latchkey.http.Unavailable;
import dev.latchkey.secret.Entropy;
import dev.latchkey.wiring.BeforeSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/// What a function does around the snapshot that Lambda starts its copies from (SnapStart, through
/// the hooks of CRaC): before it, rehearsals. Nothing is made that a copy must not have, but Java
/// may have read random bytes ahead, so each copy drops these first.
public final class Snapshot implements Resource {
  /// So often that Java has compiled the most of it, so that the first request of a copy takes less
  /// time (docs/adr/0064-snapshots.md). All of it is before the snapshot.
  private static final int REHEARSALS = 50;

  private static final int CONNECTIONS = 10;
  private static final int REQUESTS_OF_A_CONNECTION = 50;

  /// The context forgets what nobody holds.
  private static final Snapshot HELD = new Snapshot();

  private Snapshot() {}

  /// Makes the hooks known to the runtime. An instance that Lambda keeps running (provisioned
  /// concurrency) is no copy of a snapshot, so it rehearses here, before it counts as ready.
  public static void register() {
    Core.getGlobalContext().register(HELD);
    if (BeforeSnapshot.isKeptRunning()) {
      try {
        rehearse();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
    rehearse();
  }

  private static void rehearse() throws IOException {
    try (var pretended = BeforeSnapshot.pretended()) {
      for (int i = 0; i < REHEARSALS; i++) {
        var _ = new Rehearsal(pretended.wiring()).play();
      }
    }
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        BeforeSnapshot.greetAws(REQUESTS_OF_A_CONNECTION);
      }
    } catch (Unavailable e) {
      // Only the first request is slower then.
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    Entropy.forgetReadAhead();
  }
}
