package dev.latchkey.endpoint;

import dev.latchkey.family.FamilyId;
import dev.latchkey.family.RefreshToken;
import dev.latchkey.family.RefreshTokenFormat;
import dev.latchkey.family.TokenKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What somebody has who copied the tables, and all that can be made of it.
///
/// @param values every value of every row: text, numbers, bytes
record Dump(Collection<?> values) {
  private static final int LIVELY_GENERATIONS = 3;

  /// What refresh tokens, initial and registration access tokens and pushed requests begin with.
  private static final List<String> PREFIXES =
      List.of("rt1_", "iat1_", "rat1_", "urn:ietf:params:oauth:request_uri:");

  /// Each text, and what it is made of: keys have parts, lists have lines, documents have members.
  Set<String> texts() {
    var texts = new TreeSet<String>();
    values.stream()
        .filter(value -> !(value instanceof byte[]))
        .map(String::valueOf)
        .forEach(
            text -> {
              texts.add(text);
              texts.addAll(Arrays.asList(text.split("[#\n, \"{}\\[\\]]")));
            });
    return texts;
  }

  /// Every string that a stranger would try.
  Set<String> candidates() {
    var candidates = new TreeSet<String>(texts());
    blobs().flatMap(Dump::spelled).forEach(candidates::add);
    for (var prefix : PREFIXES) {
      texts().stream().map(text -> prefix + text).forEach(candidates::add);
    }
    assembled().forEach(candidates::add);
    candidates.remove("");
    return candidates;
  }

  /// The bytes that are stored, as such or as text.
  private Stream<byte[]> blobs() {
    return Stream.concat(
        values.stream().filter(byte[].class::isInstance).map(byte[].class::cast),
        texts().stream().flatMap(text -> decoded(text).stream()));
  }

  private static Optional<byte[]> decoded(String text) {
    try {
      return text.length() < 16
          ? Optional.empty()
          : Optional.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Stream<String> spelled(byte[] blob) {
    return Stream.of(
        Base64.getUrlEncoder().withoutPadding().encodeToString(blob),
        Base64.getEncoder().encodeToString(blob),
        HexFormat.of().formatHex(blob),
        new String(blob, StandardCharsets.UTF_8));
  }

  /// Refresh tokens built as ours are, with stored hashes for the secret and the stored key,
  /// wrapped as it is, for the key.
  private Stream<String> assembled() {
    var keys =
        values.stream()
            .filter(byte[].class::isInstance)
            .map(blob -> TokenKey.of(1, Arrays.copyOf((byte[]) blob, TokenKey.BYTES)))
            .toList();
    var families = blobs().filter(blob -> blob.length == FamilyId.BYTES).map(FamilyId::of).toList();
    var hashes = blobs().filter(blob -> blob.length == RefreshTokenFormat.SECRET_BYTES).toList();
    return families.stream()
        .flatMap(
            family ->
                hashes.stream()
                    .flatMap(
                        hash ->
                            Stream.iterate(0, g -> g < LIVELY_GENERATIONS, g -> g + 1)
                                .map(g -> new RefreshToken(1, family, g, hash))))
        .flatMap(token -> keys.stream().map(key -> RefreshTokenFormat.write(token, key)));
  }
}
