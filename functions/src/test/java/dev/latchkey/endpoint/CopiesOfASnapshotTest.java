package dev.latchkey.endpoint;

import static dev.latchkey.endpoint.Asking.good;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.SharedMemory;
import dev.latchkey.contract.TestClients;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Lambda starts many copies of one snapshot. None may make a value that another one makes.
class CopiesOfASnapshotTest {
  private static final int OUTPUTS = 1_000;

  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestClients.browserApp());
  private final Grants grants = new Grants(local);

  /// Made before the snapshot: every copy has these.
  private final AuthorizeFunction authorize = new AuthorizeFunction(local.wiring());

  private final TokenFunction token = new TokenFunction(local.wiring());
  private final SharedMemory memory = SharedMemory.install();

  @AfterEach
  void forget() {
    memory.close();
  }

  @Test
  void theFirstThousandValuesOfTwoCopiesAllDiffer() {
    var one = memory.copy(this::outputs);
    var other = memory.copy(this::outputs);

    assertThat(one).hasSizeGreaterThanOrEqualTo(OUTPUTS);
    assertThat(Stream.concat(one.stream(), other.stream())).doesNotHaveDuplicates();
  }

  /// What would happen otherwise: so the copies do start with the same memory.
  @Test
  void whatJavaReadAheadIsTheSameInTwoCopies() {
    assertThat(memory.copy(CopiesOfASnapshotTest::readAhead))
        .isEqualTo(memory.copy(CopiesOfASnapshotTest::readAhead));
  }

  private static String readAhead() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Handles, cookies and tokens, through the functions.
  private List<String> outputs() {
    var outputs = new ArrayList<String>();
    while (outputs.size() < OUTPUTS) {
      var asked = Call.get("/authorize").with(good()).to(authorize);
      outputs.add(asked.header("location"));
      outputs.add(asked.cookies().getFirst().toString());
      var connected = grants.connect(token);
      var refreshed = grants.refresh(connected.text("refresh_token")).to(token);
      for (var tokens : List.of(connected, refreshed)) {
        outputs.add(tokens.text("access_token"));
        outputs.add(tokens.text("refresh_token"));
      }
    }
    return outputs;
  }
}
