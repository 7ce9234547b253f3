package dev.latchkey.http;

import dev.latchkey.secret.SecretHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The one stylesheet of all pages. Its name changes with its text, so that a browser may keep it
/// for good and still never show an old one.
public final class Stylesheet {
  private static final String TEXT = read();

  /// The file name, such as `style-1a2b3c4d.css`.
  public static final String NAME =
      "style-" + SecretHash.of(TEXT).value().substring(0, 10) + ".css";

  /// Where pages find it: a step of the interaction function, on the same origin as they are.
  public static final String PATH = "/interaction/" + NAME;

  private Stylesheet() {}

  /// The stylesheet itself.
  public static Response answer() {
    return Response.of(200, "text/css; charset=utf-8", TEXT)
        .withHeader("cache-control", "public, max-age=31536000, immutable")
        .withHeader("x-content-type-options", "nosniff");
  }

  private static String read() {
    try (var in = Stylesheet.class.getResourceAsStream("style.css")) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks dev/latchkey/http/style.css");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
