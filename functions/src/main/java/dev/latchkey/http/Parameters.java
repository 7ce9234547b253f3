package dev.latchkey.http;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Form or query parameters, parsed strictly and without ever throwing.
///
/// What is wrong with the encoding is kept as a [#problem()], so that each endpoint can answer it
/// in its own way. A parameter without a value counts as absent, and one that is sent twice is a
/// problem (RFC 6749 sections 3.1 and 3.2).
public final class Parameters {
  private final Map<String, List<String>> values;
  private final Optional<String> encodingProblem;

  private Parameters(Map<String, List<String>> values, Optional<String> encodingProblem) {
    this.values = values;
    this.encodingProblem = encodingProblem;
  }

  /// Parameters that could not be read at all, for the reason given.
  public static Parameters broken(String problem) {
    return new Parameters(Map.of(), Optional.of(problem));
  }

  /// Parses a raw query string.
  public static Parameters parse(String encoded) {
    return parse(encoded.getBytes(StandardCharsets.UTF_8));
  }

  /// Parses the bytes of a form body.
  public static Parameters parse(byte[] encoded) {
    var values = new LinkedHashMap<String, List<String>>();
    try {
      for (var pair : new String(encoded, StandardCharsets.ISO_8859_1).split("&", -1)) {
        if (pair.isEmpty()) {
          continue;
        }
        var equals = pair.indexOf('=');
        var name = decode(equals < 0 ? pair : pair.substring(0, equals));
        var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return broken("The parameters are not valid percent-encoded UTF-8.");
    }
    return new Parameters(values, Optional.empty());
  }

  /// What is wrong with these parameters as a whole, if anything.
  public Optional<String> problem() {
    return encodingProblem.or(
        () ->
            values.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "The parameter " + printable(entry.getKey()) + " is sent twice.")
                .findFirst());
  }

  /// Whether nothing could be read.
  public boolean isBroken() {
    return encodingProblem.isPresent();
  }

  /// Whether the parameter was sent more than once.
  public boolean isRepeated(String name) {
    return values.getOrDefault(name, List.of()).size() > 1;
  }

  /// As [#problem()], but these names may repeat (check boxes of a form).
  public Optional<String> problemExcept(String repeatable) {
    return without(Set.of(repeatable)).problem();
  }

  /// The value, or empty when the parameter is absent or has no value.
  public Optional<String> get(String name) {
    return all(name).stream().findFirst();
  }

  /// Every value that is not empty, in order.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream().filter(v -> !v.isEmpty()).toList();
  }

  /// The same parameters without these.
  public Parameters without(Set<String> names) {
    var others = new LinkedHashMap<>(values);
    others.keySet().removeAll(names);
    return new Parameters(others, encodingProblem);
  }

  /// As a query string, in ASCII, such that [#parse] gives the same parameters.
  public String encoded() {
    return values.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(value -> encode(entry.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String encoded) throws CharacterCodingException {
    var bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      var c = encoded.charAt(i);
      if (c == '%') {
        bytes.write(hex(encoded, i + 1) << 4 | hex(encoded, i + 2));
        i += 2;
      } else {
        bytes.write(c == '+' ? ' ' : c);
      }
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }

  private static int hex(String encoded, int at) {
    var digit = at < encoded.length() ? Character.digit(encoded.charAt(at), 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("A percent sign needs two hexadecimal digits");
    }
    return digit;
  }

  private static String printable(String name) {
    var plain = name.replaceAll("[^A-Za-z0-9_.-]", "_");
    return plain.length() > 40 ? plain.substring(0, 40) : plain;
  }
}
