package dev.latchkey.apps;

import dev.latchkey.http.CsrfToken;
import dev.latchkey.http.Parameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// What was just done, told on the next page. It travels in the address, with a proof under the
/// browser's cookie: otherwise a link from anybody could say that something was taken back.
///
/// @param client the id of the app that it is about; empty for none
record Notice(Done done, String client) {
  enum Done {
    KEY("key"),
    APP("app"),
    EVERYTHING("everything"),
    PASSWORD("password"),
    SIGNED_OUT("signed-out");

    private final String word;

    Done(String word) {
      this.word = word;
    }
  }

  /// As parameters of a query.
  ///
  /// @param cookie the one that the next page is asked for with
  String query(String cookie) {
    return "done=%s&client=%s&proof=%s"
        .formatted(done.word, URLEncoder.encode(client, StandardCharsets.UTF_8), proof(cookie));
  }

  /// The notice of an address; empty for one that this browser was not sent to.
  static Optional<Notice> read(Parameters query, String cookie) {
    var client = query.get("client").orElse("");
    var proof = query.get("proof").orElse("").getBytes(StandardCharsets.UTF_8);
    return Arrays.stream(Done.values())
        .filter(done -> query.get("done").filter(done.word::equals).isPresent())
        .map(done -> new Notice(done, client))
        .filter(
            notice ->
                MessageDigest.isEqual(proof, notice.proof(cookie).getBytes(StandardCharsets.UTF_8)))
        .findFirst();
  }

  private String proof(String cookie) {
    return CsrfToken.of(cookie, "done " + done.word + " " + client);
  }
}
