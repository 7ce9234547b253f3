package dev.latchkey.sandbox.portal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/// Reads what the sandbox comes with from the class path.
public final class SandboxFiles {
  private final ObjectMapper mapper;

  public SandboxFiles(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /// The people who can sign in, in the order in which pages show them.
  public List<Person> people() {
    return read("people.json", new TypeReference<>() {});
  }

  public List<DemoApp> apps() {
    return read("apps.json", new TypeReference<>() {});
  }

  public SyntheticData data() {
    return read("synthea/index.json", new TypeReference<>() {});
  }

  private <T> T read(String name, TypeReference<T> type) {
    try (InputStream in = SandboxFiles.class.getResourceAsStream("/" + name)) {
      return mapper.readValue(Objects.requireNonNull(in, name), type);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " can't be read", e);
    }
  }
}
