package dev.latchkey.sandbox.access;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.account.UserDirectory;
import dev.latchkey.family.ServiceStanding;
import dev.latchkey.family.Standing;
import dev.latchkey.policy.ServerIdentity;
import java.time.InstantSource;
import java.util.function.Supplier;

/// The authorization server, as far as a FHIR server needs to know it.
///
/// @param published the keys that sign access tokens
/// @param standing where it can be seen that a grant was taken back
/// @param users where it can be seen whose records a user may see
/// @param services where it can be seen that a backend service was switched off
public record TokenAuthority(
    ServerIdentity identity,
    Supplier<JWKSet> published,
    Standing standing,
    UserDirectory users,
    ServiceStanding services,
    InstantSource clock) {}
