package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of the repository that a test works out, so that a change of it shows up in a review.
///
/// With `-Dlatchkey.write=true` a file that differs is written, and the test still fails: it is not
/// for the test to say that the new text is right. The next run finds no difference.
public record ReviewedFile(Path path) {
  private static final String WRITE = "latchkey.write";

  /// Fails unless the file is just this.
  public void shouldBe(String text) throws IOException {
    shouldBe(text, Boolean.getBoolean(WRITE));
  }

  void shouldBe(String text, boolean write) throws IOException {
    var reviewed = Files.readString(path);
    if (write && !reviewed.equals(text)) {
      Files.writeString(path, text);
      throw new AssertionError(path.getFileName() + " is written anew. Look at what changed.");
    }
    assertThat(reviewed)
        .as("%s; write it anew with -D%s=true", path.getFileName(), WRITE)
        .isEqualTo(text);
  }
}
