package dev.latchkey.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.signing.KeySchedule.ScheduledKey;
import dev.latchkey.signing.KeySchedule.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyScheduleTest {

  @Test
  void readsEachKeyWithItsStage() {
    var schedule = KeySchedule.parse("RETIRED=arn:old, CURRENT=arn:now@7,NEXT=arn:soon");

    assertThat(schedule.keys())
        .containsExactly(
            new ScheduledKey(Stage.RETIRED, "arn:old", 0),
            new ScheduledKey(Stage.CURRENT, "arn:now", 7),
            new ScheduledKey(Stage.NEXT, "arn:soon", 0));
    assertThat(schedule.currentArn()).isEqualTo("arn:now");
  }

  @Test
  void isTheSameTextForTheSameSchedule() {
    var text = "NEXT=arn:soon@9,CURRENT=arn:now@7,RETIRED=arn:old@0";

    assertThat(KeySchedule.parse(text).text()).isEqualTo(text);
    assertThat(KeySchedule.parse("RETIRED=arn:old,CURRENT=arn:now@7,NEXT=arn:soon@9").text())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CURRENT=arn:now,NEXT=arn:one,NEXT=arn:two",
        "CURRENT=arn:now,RETIRED=arn:now",
      })
  void hasOneKeyInEachStageAndEachKeyOnce(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> KeySchedule.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEXT=arn:soon", "CURRENT=arn:one,CURRENT=arn:two"})
  void asksForExactlyOneCurrentKey(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeySchedule.parse(text))
        .withMessageContaining("exactly one CURRENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "arn:now", "REMOVED=arn:gone", "current=arn:now"})
  void refusesWhatIsNoKnownStageAndArn(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> KeySchedule.parse(text));
  }
}
