package dev.latchkey.sandbox.access;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.family.Standing;
import dev.latchkey.policy.ServerIdentity;
import java.time.InstantSource;
import java.util.function.Supplier;

/// The authorization server, as far as a FHIR server needs to know it.
///
/// @param published the keys that sign access tokens
/// @param standing where it can be seen that a grant was taken back
public record TokenAuthority(
    ServerIdentity identity, Supplier<JWKSet> published, Standing standing, InstantSource clock) {}
