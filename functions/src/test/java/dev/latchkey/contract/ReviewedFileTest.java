package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that writes a file is never green, so that it cannot stand for one that compares.
class ReviewedFileTest {
  @TempDir private Path folder;
  private Path path;
  private ReviewedFile file;

  @BeforeEach
  void review() throws IOException {
    path = Files.writeString(folder.resolve("calls.csv"), "as reviewed");
    file = new ReviewedFile(path);
  }

  @Test
  void isComparedAndNotWritten() throws IOException {
    file.shouldBe("as reviewed", false);

    assertThatThrownBy(() -> file.shouldBe("another", false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("calls.csv; write it anew with -Dlatchkey.write=true");
    assertThat(path).hasContent("as reviewed");
  }

  @Test
  void isWrittenAndFailsTheRunThatWroteIt() throws IOException {
    assertThatThrownBy(() -> file.shouldBe("another", true))
        .isInstanceOf(AssertionError.class)
        .hasMessage("calls.csv is written anew. Look at what changed.");
    assertThat(path).hasContent("another");

    file.shouldBe("another", true);
    file.shouldBe("another", false);
  }
}
