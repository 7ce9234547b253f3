package dev.latchkey.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON in and out. The only place of the functions that knows the JSON library.
public final class Json {
  /// Deeper than any document that this server understands.
  private static final int DEEPEST = 16;

  private static final JSON OF_STRANGERS =
      JSON.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

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
    var object = JSON.std.mapFrom(in);
    if (object == null) {
      throw new IOException("This is no JSON object");
    }
    return object;
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

  /// Reads a JSON list that an operator wrote.
  ///
  /// @throws UncheckedIOException when it is none
  public static List<?> readList(String written) {
    try {
      return JSON.std.listFrom(written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads one JSON object that a stranger sent, and nothing that two readers could understand in
  /// two ways: strict UTF-8, each name once, nothing after the object.
  ///
  /// @throws IOException when it is not one
  public static Map<String, Object> readObjectOfStranger(byte[] utf8) throws IOException {
    var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    try (var parser = OF_STRANGERS.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("This is no JSON object");
      }
      var object = OF_STRANGERS.mapFrom(parser);
      if (parser.nextToken() != null) {
        throw new IOException("Something follows the JSON object");
      }
      return object;
    }
  }

  /// Adds a member to an object that is being written, or leaves out what there is not.
  public static void putIfPresent(
      Map<String, Object> members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
