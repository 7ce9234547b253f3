package dev.latchkey.http;

import java.text.Normalizer;
import java.util.Locale;

/// Texts that strangers wrote (names of apps and people), made fit for a page that people trust.
///
/// Escaping keeps such a text from being markup. This keeps it from looking like something else: no
/// characters that reorder, hide or pile up on the words around them, and no endless ones (RFC 7591
/// section 5, RFC 8264 section 7).
public final class PlainText {
  private static final int MARKS_IN_A_ROW = 2;
  private static final int LONGEST_NAME = 80;

  private PlainText() {}

  /// The name of an app or a person, as one line of at most 80 code points.
  public static String name(String text) {
    return line(text, LONGEST_NAME);
  }

  /// One line of at most `longest` code points, with an ellipsis for what was cut off.
  public static String line(String text, int longest) {
    var line = new StringBuilder();
    int marks = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      var codePoint = text.codePointAt(at);
      var type = Character.getType(codePoint);
      marks = isMark(type) ? marks + 1 : 0;
      if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)) {
        line.append(' ');
      } else if (isShown(type) && marks <= MARKS_IN_A_ROW) {
        line.appendCodePoint(codePoint);
      }
    }
    return cut(line.toString().replaceAll(" +", " ").strip(), longest);
  }

  /// A text that is compared without regard to case or compatibility forms, such as a user name.
  public static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
  }

  /// A word of a request as error descriptions may repeat it (RFC 6749 section 5.2: ASCII without
  /// quotes).
  public static String ascii(String word) {
    var plain = word.replaceAll("[^A-Za-z0-9/*._-]", "_");
    return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
  }

  private static String cut(String line, int longest) {
    return line.codePointCount(0, line.length()) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest - 1)).strip() + "…";
  }

  private static boolean isMark(int type) {
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isShown(int type) {
    return switch (type) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
