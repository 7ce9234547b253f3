package dev.latchkey.http;

/// The same words in each language of the pages.
public record Phrase(String english, String spanish) {
  public String in(Language language) {
    return switch (language) {
      case ENGLISH -> english;
      case SPANISH -> spanish;
    };
  }
}
