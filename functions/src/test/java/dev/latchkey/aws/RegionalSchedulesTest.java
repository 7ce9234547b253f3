package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SigningSchedulesContract;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.signing.SigningSchedules;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A schedule that was written in another region, where the table is a replica.
class RegionalSchedulesTest extends SigningSchedulesContract {
  private static final LocalWiring local = LocalWiring.start();

  private static final KeySchedule THERE =
      KeySchedule.parse(
          "NEXT=arn:aws:kms:eu-west-3:000000000000:key/of-that-region@8,"
              + "CURRENT=arn:aws:kms:eu-west-3:000000000000:key/mrk-1@7");
  private static final KeySchedule HERE =
      KeySchedule.parse(
          "NEXT=arn:aws:kms:eu-west-3:000000000000:key/of-that-region@8,"
              + "CURRENT=arn:aws:kms:eu-west-1:000000000000:key/mrk-1@7");

  private final SigningSchedules kept =
      new DynamoSigningSchedules(
          new DynamoTable(local.aws().dynamoDb(), local.settings().tables().registry()));

  @Override
  protected SigningSchedules schedules() {
    return new RegionalSchedules(kept, "eu-west-1");
  }

  @Test
  void aFunctionNamesAMultiRegionKeyAsItIsNamedInItsOwnRegion() {
    assertThat(kept.replace(kept.find(), THERE)).isTrue();

    assertThat(local.settings().region()).isEqualTo("eu-west-1");
    assertThat(local.wiring().signingKeys().schedule()).isEqualTo(HERE);
  }

  @Test
  void whatAnotherRegionWroteCanBeChangedHere() {
    assertThat(kept.replace(kept.find(), THERE)).isTrue();
    var changed = KeySchedule.parse("CURRENT=arn:aws:kms:eu-west-1:000000000000:key/mrk-2@9");

    assertThat(schedules().replace(Optional.of(HERE), changed)).isTrue();

    assertThat(kept.find()).contains(changed);
  }

  @Test
  void whatAnotherRegionChangedMeanwhileIsNotOverwritten() {
    assertThat(kept.replace(kept.find(), THERE)).isTrue();
    var meanwhile = KeySchedule.parse("CURRENT=arn:aws:kms:eu-west-3:000000000000:key/mrk-3@9");
    assertThat(kept.replace(Optional.of(THERE), meanwhile)).isTrue();

    assertThat(schedules().replace(Optional.of(HERE), HERE)).isFalse();

    assertThat(kept.find()).contains(meanwhile);
  }
}
