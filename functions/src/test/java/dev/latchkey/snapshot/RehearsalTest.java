package dev.latchkey.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.Response;
import dev.latchkey.wiring.BeforeSnapshot;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  /// A rehearsal that is refused at the door would prime nothing, and nobody would notice.
  @Test
  void everyStepOfItSucceeds() throws IOException {
    try (var pretended = BeforeSnapshot.pretended()) {
      assertSucceeded(new Rehearsal(pretended.wiring()).play());
    }
  }

  private static void assertSucceeded(List<Response> answers) {
    assertThat(answers).extracting(Response::status).containsExactly(200, 200, 200, 200, 200);
    assertThat(answers.get(0).body()).contains("<form");
    assertThat(answers.subList(1, 3))
        .allSatisfy(
            tokens -> assertThat(tokens.body()).contains("access_token").contains("refresh_token"));
    assertThat(answers.getLast().body()).contains("token_endpoint");
  }
}
