package dev.latchkey.lambda;

import dev.latchkey.wiring.Wiring;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/// What is deployed, laid out as `infra/package-functions` does: `lib` with the jar of the
/// functions and the jars that they need.
public final class LambdaPackage {
  /// Maven puts the jars there that the functions need at run time; see `functions/pom.xml`.
  private static final Path FOLDER = Path.of("target", "lambda").toAbsolutePath();

  private static boolean isMade;

  private LambdaPackage() {}

  /// The folder, with the classes that are under test in it.
  public static synchronized Path folder() throws IOException {
    if (!isMade) {
      jar(classes(), FOLDER.resolve("lib/latchkey-functions.jar"));
      isMade = true;
    }
    return FOLDER;
  }

  private static Path classes() {
    try {
      return Path.of(Wiring.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var name = classes.relativize(file).toString().replace('\\', '/');
        out.putNextEntry(new ZipEntry(name));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }
}
