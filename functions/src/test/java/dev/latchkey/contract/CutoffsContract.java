package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Cutoffs.Of;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every store of cut-offs does.
public abstract class CutoffsContract {
  private static final long NOW = TestFamilies.NOW;
  private static final long KEEP = NOW + 10_000;

  private final String unique = Entropy.secure().value();
  private final Of subject = new Of.Subject(unique);
  private final Of app = new Of.App(unique, new ClientId("app"));
  private final Of client = new Of.Client(new ClientId("app" + unique));
  private final Of session = new Of.Session(SecretHash.of(unique));
  private final Of token = new Of.Token(unique);

  protected abstract Cutoffs cutoffs();

  @Test
  void knowsNothingAtFirst() {
    assertThat(cutoffs().find(List.of(subject, app, client, session, token))).isEmpty();
    assertThat(cutoffs().find(List.of())).isEmpty();
  }

  @Test
  void keepsEachHolderApart() {
    cutoffs().raise(subject, NOW, KEEP);
    cutoffs().raise(app, NOW + 1, KEEP);
    cutoffs().raise(client, NOW + 2, KEEP);
    cutoffs().raise(session, NOW + 3, KEEP);
    cutoffs().raise(token, NOW + 4, KEEP);

    assertThat(cutoffs().find(List.of(subject, app, client, session, token)))
        .isEqualTo(
            Map.of(subject, NOW, app, NOW + 1, client, NOW + 2, session, NOW + 3, token, NOW + 4));
    assertThat(cutoffs().find(List.of(new Of.App(unique, new ClientId("other"))))).isEmpty();
    assertThat(cutoffs().find(List.of(app))).containsOnlyKeys(app);
  }

  @Test
  void neverGoesBack() {
    cutoffs().raise(subject, NOW, KEEP);

    cutoffs().raise(subject, NOW - 10, KEEP);
    assertThat(cutoffs().find(List.of(subject))).containsEntry(subject, NOW);

    cutoffs().raise(subject, NOW + 10, KEEP);
    assertThat(cutoffs().find(List.of(subject))).containsEntry(subject, NOW + 10);
  }

  @Test
  void theLatestOfManyCallersStands() throws Exception {
    Race.of(
        i -> {
          cutoffs().raise(subject, NOW + i, KEEP);
          return i;
        });

    assertThat(cutoffs().find(List.of(subject))).containsEntry(subject, NOW + Race.CALLERS - 1);
  }
}
