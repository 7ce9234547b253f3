package dev.latchkey.sandbox.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Accesses wait in a queue of bounded length and are kept up to a bounded number.
class AccessLogTest {
  private static Access access(String patient, int number) {
    return new Access(
        patient + number,
        Instant.EPOCH.plusSeconds(number),
        patient,
        "app",
        null,
        "read",
        "Patient",
        null,
        List.of("_id"),
        200);
  }

  private static AccessTable table(String name, int most) {
    var database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
    return new AccessTable(database, most);
  }

  private static List<String> ids(AccessTable table, String patient) {
    return table.find(new AccessQuery().in("PATIENT", List.of(patient)), 0, 100).stream()
        .map(Access::id)
        .toList();
  }

  /// More than fit into the queue, while the store takes its time: the writer of requests waits.
  @Test
  void rsv11_noAccessIsLostWhenThereAreMoreThanTheQueueHolds() throws InterruptedException {
    var stored = Collections.synchronizedList(new ArrayList<Access>());
    var mayStore = new CountDownLatch(1);
    try (var log =
        new AccessLog(
            batch -> {
              try {
                mayStore.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              stored.addAll(batch);
            })) {
      var requests =
          Thread.ofPlatform()
              .start(() -> IntStream.range(0, 3000).forEach(i -> log.add(access("ana", i))));
      while (requests.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      assertThat(stored).isEmpty();
      mayStore.countDown();
      requests.join();
    }
    assertThat(stored).hasSize(3000).extracting(Access::id).doesNotHaveDuplicates();
  }

  /// The writer may be anywhere in its round when the process ends.
  @Test
  @Timeout(30)
  void rsv11_closingWritesTheRestAndEnds() {
    for (int i = 0; i < 5_000; i++) {
      var stored = new AtomicInteger();
      var log = new AccessLog(batch -> stored.addAndGet(batch.size()));
      log.add(access("ana", i));
      for (int spin = 0; spin < i % 400; spin++) {
        Thread.onSpinWait();
      }
      log.close();
      assertThat(stored).hasValue(1);
    }
  }

  @Test
  void rsv11_aFailureOfTheStoreDoesNotEndTheLog() {
    var calls = new AtomicInteger();
    var stored = Collections.synchronizedList(new ArrayList<Access>());
    try (var log =
        new AccessLog(
            batch -> {
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
              }
              stored.addAll(batch);
            })) {
      log.add(access("ana", 1));
      log.flush();
      log.add(access("ana", 2));
      log.flush();
      assertThat(stored).extracting(Access::id).containsExactly("ana2");
    }
  }

  @Test
  void rsv11_onlyTheNewestAccessesToARecordAreKeptAndOtherRecordsLoseNone() {
    var table = table("trimmed", 10);
    table.add(List.of(access("ben", 1)));
    IntStream.range(0, 40).forEach(i -> table.add(List.of(access("ana", i))));

    assertThat(ids(table, "ana")).hasSize(10).startsWith("ana39").endsWith("ana30");
    assertThat(ids(table, "ben")).containsExactly("ben1");
  }

  @Test
  void whatIsKeptComesBackAsItWas() {
    var table = table("kept", 10);
    table.add(List.of(access("ana", 7)));
    assertThat(table.find(new AccessQuery(), 0, 10)).containsExactly(access("ana", 7));
    assertThat(table.count(new AccessQuery().where("STATUS >= 400"))).isZero();
  }

  @Test
  void aNegativeNumberToKeepIsRefused() {
    assertThatThrownBy(() -> table("negative", -1))
        .hasMessage("latchkey.accesses-kept must not be negative");
  }
}
