package dev.latchkey.wiring;

import dev.latchkey.family.TokenKeys;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.secret.Entropy;
import dev.latchkey.signing.TokenSigner;
import java.time.InstantSource;

/// The object graph of the functions, made by hand.
///
/// @param stores where state is kept
/// @param clock the time; never read anywhere else
public record Wiring(
    ServerIdentity identity,
    Stores stores,
    TokenSigner signer,
    TokenKeys tokenKeys,
    InstantSource clock,
    Entropy entropy) {}
