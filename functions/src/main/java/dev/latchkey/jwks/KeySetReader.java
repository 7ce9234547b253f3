package dev.latchkey.jwks;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.client.KeySetSource;
import dev.latchkey.client.PublicKeySet;
import java.text.ParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Reads a key set over the network, with one GET that [GuardedCalls] guards: at most twenty keys.
public final class KeySetReader implements KeySetSource {
  private static final int OK = 200;
  private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age=\"?([0-9]{1,9})");

  private final GuardedCalls calls;

  public KeySetReader(GuardedCalls calls) {
    this.calls = calls;
  }

  /// @param trust whom to believe; null for the platform's own
  public KeySetReader(ReachableAddresses reachable, HostNames names, @Nullable SSLContext trust) {
    this(new GuardedCalls(reachable, names, trust));
  }

  /// On the Internet, with the certificate authorities of the platform.
  public static KeySetReader onTheInternet() {
    return new KeySetReader(GuardedCalls.onTheInternet());
  }

  @Override
  public Answer read(String jwksUri) {
    return switch (calls.get(jwksUri)) {
      case GuardedCalls.Result.Answered answered -> keySet(answered);
      case GuardedCalls.Result.Blocked() -> new Answer.Blocked();
      case GuardedCalls.Result.Failed() -> new Answer.Failed();
    };
  }

  private static Answer keySet(GuardedCalls.Result.Answered answered) {
    var type = answered.type();
    var isJson = type.equals("application/json") || type.equals("application/jwk-set+json");
    return answered.status() == OK && isJson && isKeySet(answered.body())
        ? new Answer.KeySet(answered.body(), maxAge(answered.cacheControl()))
        : new Answer.Failed();
  }

  /// Less is asked of it than [PublicKeySet#problem] asks of keys in a registration: what is
  /// published for others may lie beside what is for us, and each key is looked at when it is used.
  private static boolean isKeySet(String text) {
    try {
      var set = JWKSet.parse(text);
      return !set.isEmpty() && set.size() <= PublicKeySet.MOST_KEYS && !set.containsNonPublicKeys();
    } catch (ParseException | IllegalArgumentException | IllegalStateException unreadable) {
      return false;
    }
  }

  /// RFC 9111 section 5.2.2: what must not be stored, or must be asked about each time, has no age.
  private static long maxAge(String cacheControl) {
    var directives = cacheControl.toLowerCase(Locale.ROOT);
    if (directives.contains("no-store") || directives.contains("no-cache")) {
      return 0;
    }
    var found = MAX_AGE.matcher(directives);
    return found.find() ? Long.parseLong(found.group(1)) : -1;
  }
}
