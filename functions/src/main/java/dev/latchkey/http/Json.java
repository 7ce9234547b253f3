package dev.latchkey.http;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// JSON in and out. The only place of the functions that knows the JSON library.
public final class Json {
  private Json() {}

  /// Writes maps, lists, strings, numbers and booleans.
  public static String write(Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads one JSON object.
  ///
  /// @throws IOException when it is not one
  public static Map<String, Object> readObject(InputStream in) throws IOException {
    return JSON.std.mapFrom(in);
  }

  /// Reads one JSON object that this server wrote itself.
  ///
  /// @throws UncheckedIOException when it is damaged
  public static Map<String, Object> readObject(String written) {
    try {
      return JSON.std.mapFrom(written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
