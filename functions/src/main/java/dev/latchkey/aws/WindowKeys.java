package dev.latchkey.aws;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.http.Unavailable;
import dev.latchkey.policy.SigningKeyPolicy;
import dev.latchkey.policy.TokenKeyPolicy;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.KeySignature;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The window keys as one instance knows them: read when they are first asked for and then at most
/// once a minute, so that one whose item was deleted is used nowhere after a minute.
final class WindowKeys {
  private final DynamoWindowKeys store;
  private final DataKeys dataKeys;
  private final KmsTokenSigner certifier;
  private final InstantSource clock;
  private volatile @Nullable Dated<List<WindowKey>> known;
  private volatile @Nullable Dated<String> lookedAhead;
  private volatile @Nullable Opened opened;

  private record Opened(String keyId, Dated<ECPrivateKey> half) {}

  /// @param certifier whose published keys certify window keys
  WindowKeys(
      DynamoWindowKeys store, DataKeys dataKeys, KmsTokenSigner certifier, InstantSource clock) {
    this.store = store;
    this.dataKeys = dataKeys;
    this.certifier = certifier;
    this.clock = clock;
  }

  /// Those that sign, will sign, or signed what may be alive. When the key that certified one is
  /// published no more, neither is that one.
  List<WindowKey> published() {
    var now = clock.instant();
    var certifiers = certifier.published();
    return known().stream()
        .filter(key -> key.isPublishedAt(now))
        .filter(key -> certifiers.getKeyByKeyId(key.certifier()) != null)
        .toList();
  }

  /// The one that signs now. There is none in the first two days, nor in those after another key in
  /// KMS began to sign.
  Optional<WindowKey> current() {
    var now = clock.instant();
    var current = certifier.currentKeyId();
    lookAhead(now, current);
    return known().stream()
        .filter(key -> key.signsAt(now) && key.certifier().equals(current))
        .findFirst();
  }

  /// The private half, unwrapped once an hour, so that disabling the KMS key works within that.
  /// Synchronized, so that requests that arrive together unwrap once.
  synchronized ECPrivateKey open(WindowKey key) {
    var id = key.publicKey().getKeyID();
    var held = opened;
    if (held != null
        && held.keyId().equals(id)
        && held.half().isYounger(TokenKeyPolicy.UNWRAPPED_AGE, clock)) {
      return held.half().value();
    }
    var at = clock.instant();
    // ECDSA draws a number for each signature, by `nextBytes`.
    Entropy.forgetReadAhead();
    var half = privateKey(dataKeys.unwrap(key.wrapped(), WindowKey.context(key.day())));
    opened = new Opened(id, new Dated<>(half, at));
    return half;
  }

  /// Makes the key of the day after tomorrow when there is none, at most once a minute. When that
  /// fails the key in KMS signs on that day, and the next minute is another chance.
  private synchronized void lookAhead(Instant now, String current) {
    var looked = lookedAhead;
    if (looked != null
        && looked.value().equals(current)
        && looked.isYounger(SigningKeyPolicy.SCHEDULE_AGE, clock)) {
      return;
    }
    lookedAhead = new Dated<>(current, now);
    var day = WindowKey.dayOf(now).plusDays(SigningKeyPolicy.WINDOWS_AHEAD);
    if (known().stream()
        .noneMatch(key -> key.day().equals(day) && key.certifier().equals(current))) {
      make(day, now, current);
    }
  }

  private void make(LocalDate day, Instant now, String current) {
    try {
      var pair = dataKeys.freshPair(WindowKey.context(day));
      var claims = WindowKey.claims(day, PublicKeys.es256(pair.publicKey()), now);
      var certificate = certifier.sign(claims, WindowKey.CERTIFICATE);
      store.putIfAbsent(day, current, new DynamoWindowKeys.Stored(certificate, pair.wrapped()));
    } catch (Unavailable _) {
      return;
    }
    known = null;
  }

  private List<WindowKey> known() {
    return fresh().orElseGet(this::read);
  }

  private synchronized List<WindowKey> read() {
    return fresh()
        .orElseGet(
            () -> {
              var readAt = clock.instant();
              var keys = store.all().stream().flatMap(kept -> certified(kept).stream()).toList();
              known = new Dated<>(keys, readAt);
              return keys;
            });
  }

  private Optional<List<WindowKey>> fresh() {
    return Optional.ofNullable(known)
        .filter(held -> held.isYounger(SigningKeyPolicy.SCHEDULE_AGE, clock))
        .map(Dated::value);
  }

  /// Empty for what none of our keys certified: then somebody else wrote it.
  private Optional<WindowKey> certified(DynamoWindowKeys.Stored kept) {
    try {
      var certificate = SignedJWT.parse(kept.certificate());
      var header = certificate.getHeader();
      var key = certifier.published().getKeyByKeyId(header.getKeyID());
      return key != null
              && WindowKey.CERTIFICATE.equals(header.getType())
              && KeySignature.holds(certificate, key)
          ? Optional.of(
              WindowKey.of(certificate.getJWTClaimsSet(), header.getKeyID(), kept.wrapped()))
          : Optional.empty();
    } catch (ParseException notOurs) {
      return Optional.empty();
    }
  }

  private static ECPrivateKey privateKey(byte[] pkcs8) {
    try {
      var spec = new PKCS8EncodedKeySpec(pkcs8);
      return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      throw new Unavailable("The window key", e);
    }
  }
}
