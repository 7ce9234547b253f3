package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningSchedules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store of the signing schedule does. There is one schedule in a store, so tests of one
/// class go on from what the one before left.
public abstract class SigningSchedulesContract {
  private final KeySchedule wanted = fresh();

  protected abstract SigningSchedules schedules();

  @Test
  void keepsTheScheduleThatReplacedTheOneThatWasSeen() {
    assertThat(schedules().replace(schedules().find(), wanted)).isTrue();
    var another = fresh();

    assertThat(schedules().find()).contains(wanted);
    assertThat(schedules().replace(Optional.of(wanted), another)).isTrue();
    assertThat(schedules().find()).contains(another);
  }

  @Test
  void changesNothingForWhoSawAnother() {
    assertThat(schedules().replace(schedules().find(), wanted)).isTrue();

    assertThat(schedules().replace(Optional.empty(), fresh())).isFalse();
    assertThat(schedules().replace(Optional.of(fresh()), fresh())).isFalse();

    assertThat(schedules().find()).contains(wanted);
  }

  @Test
  void letsOneOfThoseChangeItThatComeTogether() throws Exception {
    assertThat(schedules().replace(schedules().find(), wanted)).isTrue();

    var changes = Race.of(_ -> schedules().replace(Optional.of(wanted), fresh()));

    assertThat(changes).containsOnlyOnce(true);
  }

  private static KeySchedule fresh() {
    return KeySchedule.parse(
        String.join(
            ",",
            List.of(
                "NEXT=arn:next@" + 1_900_000_000,
                "CURRENT=arn:" + Entropy.secure().value() + "@0",
                "RETIRED=arn:before@5")));
  }
}
