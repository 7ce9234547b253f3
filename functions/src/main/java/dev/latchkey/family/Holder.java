package dev.latchkey.family;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import org.jspecify.annotations.Nullable;

/// Whose a family is, or who presents its token.
///
/// @param key null for a client without one, and for one that authenticates: its refresh tokens are
///   bound to its authentication instead (RFC 9449 section 5)
public record Holder(ClientId client, @Nullable KeyThumbprint key) {}
