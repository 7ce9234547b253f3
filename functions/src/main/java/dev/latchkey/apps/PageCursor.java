package dev.latchkey.apps;

import dev.latchkey.client.ClientId;
import dev.latchkey.family.FamilyId;
import dev.latchkey.family.FamilyPage.Cursor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// A place in the list as an address carries it. It says only where a page begins: whose list it is
/// comes from the session.
final class PageCursor {
  private static final int LONGEST = 400;

  /// A client id may hold anything that can be printed (RFC 6749 appendix A.1 and beyond).
  private static final Pattern PLACE = Pattern.compile("(\\P{C}{1,250})#([A-Za-z0-9_-]{22})");

  private PageCursor() {}

  static String write(Cursor cursor) {
    var place = cursor.client() + "#" + cursor.family();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads a place; empty for what no page of ours links to.
  static Optional<Cursor> read(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      var place = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      var parts = PLACE.matcher(place);
      return parts.matches()
          ? Optional.of(new Cursor(new ClientId(parts.group(1)), new FamilyId(parts.group(2))))
          : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
