package dev.latchkey.sandbox.contents;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Reads what the sandbox comes with from the class path.
public final class SandboxFiles {
  private final ObjectMapper mapper;
  private final URI issuer;

  /// @param issuer the origin at which the sandbox is reached
  public SandboxFiles(ObjectMapper mapper, URI issuer) {
    this.mapper = mapper;
    this.issuer = issuer;
  }

  /// The people who can sign in, in the order in which pages show them.
  public List<Person> people() {
    return read("people.json", new TypeReference<>() {});
  }

  /// The demo apps; the redirect URI of the one that the sandbox serves itself starts with the
  /// issuer.
  public List<DemoApp> apps() {
    List<DemoApp> apps = read("apps.json", new TypeReference<>() {});
    return apps.stream().map(app -> app.servedAt(issuer)).toList();
  }

  public SyntheticData data() {
    return read("synthea/index.json", new TypeReference<>() {});
  }

  /// The example launch tasks, a FHIR bundle in JSON, with the addresses of the apps that the
  /// sandbox serves itself.
  public String launchTasks() {
    try (InputStream in = SandboxFiles.class.getResourceAsStream("/launch-tasks.json")) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return DemoApp.moved(text, issuer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T read(String name, TypeReference<T> type) {
    try (InputStream in = SandboxFiles.class.getResourceAsStream("/" + name)) {
      return mapper.readValue(Objects.requireNonNull(in, name), type);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " can't be read", e);
    }
  }
}
