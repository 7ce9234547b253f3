package dev.latchkey.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/// A FHIR store with all synthetic patients, loaded once per build and copied for each use.
public final class LoadedStore {

  private static final Path FOLDER = Path.of("target", "loaded-store");

  private LoadedStore() {}

  /// Puts a fresh copy into a folder and removes what was there.
  public static synchronized Path copyTo(Path folder) throws IOException {
    var loaded = load();
    empty(folder);
    Files.copy(loaded, folder.resolve(loaded.getFileName()));
    return folder;
  }

  static void empty(Path folder) throws IOException {
    FileSystemUtils.deleteRecursively(folder);
    Files.createDirectories(folder);
  }

  /// A store that was loaded from other bundles is not used again, so the note holds their list.
  private static Path load() throws IOException {
    var index = index();
    var note = FOLDER.resolve("loaded-from.json");
    if (!Files.exists(note) || !Files.readString(note).equals(index)) {
      empty(FOLDER);
      RunningSandbox.run(Sandbox.class, FOLDER, Map.of()).close();
      Files.writeString(note, index);
    }
    return new DataFolder(FOLDER).h2File("fhir");
  }

  /// The list of bundles that the store is loaded from, as JSON.
  static String index() throws IOException {
    try (var stream = LoadedStore.class.getResourceAsStream("/synthea/index.json")) {
      if (stream == null) {
        throw new IOException("The class path has no synthea/index.json.");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
