package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests trust what is read of a template, so nothing that is in it may be lost on the way.
class CloudFormationTest {
  @TempDir private Path folder;

  @Test
  void readsSeveralTemplatesAsOne() throws IOException {
    var both =
        CloudFormation.read(
            List.of(template("one.yaml", "First", "1"), template("two.yaml", "Second", "2")));

    assertThat(both.properties("First")).containsEntry("Size", "1");
    assertThat(both.properties("Second")).containsEntry("Size", "2");
  }

  @Test
  void namesALogicalIdThatTwoTemplatesUse() throws IOException {
    var one = template("one.yaml", "TokenRole", "1");
    var other = template("other.yaml", "TokenRole", "2");

    assertThatThrownBy(() -> CloudFormation.read(List.of(one, other)))
        .hasMessage(other + " has another TokenRole");
  }

  @Test
  void namesWhatOneTemplateHasTwice() throws IOException {
    var twice = file("twice.yaml", "Resources:" + resource("Key", "1") + resource("Key", "2"));
    var within = file("within.yaml", "Resources:" + resource("Key", "1") + "\n      Size: \"2\"\n");

    assertThatThrownBy(() -> CloudFormation.read(twice)).hasMessage(twice + " has another Key");
    assertThatThrownBy(() -> CloudFormation.read(within)).hasMessage(within + " has another Size");
  }

  private String template(String name, String logicalId, String size) throws IOException {
    return file(name, "Resources:" + resource(logicalId, size) + "\n");
  }

  private static String resource(String logicalId, String size) {
    return "\n  " + logicalId + ":\n    Properties:\n      Size: \"" + size + "\"";
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
