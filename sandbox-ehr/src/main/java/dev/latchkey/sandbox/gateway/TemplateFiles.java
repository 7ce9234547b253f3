package dev.latchkey.sandbox.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The repository's CloudFormation templates, which are the one description of what is deployed.
@FunctionalInterface
public interface TemplateFiles {
  /// The text of a template by its path in the repository, such as `infra/tables.yaml`.
  ///
  /// @throws UncheckedIOException when it cannot be read
  String read(String path);

  /// The templates of the repository that `start` lies in, so that an edit shows at the next start;
  /// or else the copies that the build packed, so that a jar works anywhere.
  static TemplateFiles locate(Path start) {
    for (var folder = start.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      // Both, since many repositories have a template.yaml.
      if (Files.isRegularFile(folder.resolve("template.yaml"))
          && Files.isRegularFile(folder.resolve("infra/tables.yaml"))) {
        return inFolder(folder);
      }
    }
    return packaged();
  }

  private static TemplateFiles inFolder(Path folder) {
    return path -> {
      try {
        return Files.readString(folder.resolve(path));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static TemplateFiles packaged() {
    return path -> {
      try (var in = TemplateFiles.class.getResourceAsStream("/META-INF/latchkey/" + path)) {
        if (in == null) {
          throw new IOException("The build did not pack " + path);
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
