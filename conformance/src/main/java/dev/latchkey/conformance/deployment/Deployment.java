package dev.latchkey.conformance.deployment;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/// What whoever deployed a server knows of it.
///
/// @param issuer that it was deployed with; if empty, whatever it calls itself
/// @param behind addresses behind CloudFront, which have to refuse who comes around it
/// @param time against which certificates are judged
/// @param tls whose certificates are believed
public record Deployment(
    Optional<URI> issuer, List<URI> behind, InstantSource time, SSLSocketFactory tls) {
  public Deployment {
    behind = List.copyOf(behind);
  }
}
