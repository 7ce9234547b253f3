package dev.latchkey.family;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.KeyThumbprint;
import dev.latchkey.family.Families.Presented;
import dev.latchkey.family.Families.Successor;
import dev.latchkey.family.RotationTable.Finding;
import dev.latchkey.policy.AccessKind;
import dev.latchkey.policy.ClientClass;
import dev.latchkey.policy.GrantPolicy;
import dev.latchkey.policy.RefreshOverrides;
import dev.latchkey.secret.SecretHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A case of a refused rotation: what a test does not change is a token of generation 3 that a
/// public app presents, and a family that stands at generation 4.
final class RotationCase {
  static final long NOW = 1_000_000;
  static final FamilyId ID = FamilyId.of(new byte[FamilyId.BYTES]);
  static final ClientId APP = new ClientId("app");
  static final KeyThumbprint KEY = new KeyThumbprint("k".repeat(43));
  static final KeyThumbprint ANOTHER_KEY = new KeyThumbprint("t".repeat(43));
  static final GrantPolicy BEARER = policy(ClientClass.PUBLIC_BEARER);
  static final GrantPolicy CONFIDENTIAL = policy(ClientClass.CONFIDENTIAL_SECRET);

  /// The family as the refused write found it, and as it was when the request arrived.
  Family family = live(4);

  Family arrival = live(3);
  GrantPolicy policy = BEARER;
  RefreshToken token = token(3, "generation 3");
  ClientId client = APP;
  @Nullable KeyThumbprint key;

  Finding judge() {
    return RotationTable.judge(presentation(), Optional.of(family));
  }

  Presentation presentation() {
    return new Presentation(
        token,
        new Presented(ID, token.generation(), token.hash(), client, key),
        token(token.generation() + 1, "next"),
        new Successor(SecretHash.of("next"), 0, NOW + 100, "mine"),
        arrival,
        policy,
        NOW);
  }

  static Finding refused(Rotation rotation) {
    return new Finding.Refusal(rotation);
  }

  private static GrantPolicy policy(ClientClass clientClass) {
    return GrantPolicy.of(clientClass, AccessKind.OFFLINE, RefreshOverrides.NONE);
  }

  static RefreshToken token(int generation, String secret) {
    return new RefreshToken(
        0, ID, generation, Arrays.copyOf(secret.getBytes(StandardCharsets.US_ASCII), 32));
  }

  private static SecretHash hash(int generation) {
    return token(generation, "generation " + generation).hash();
  }

  static Family live(int generation) {
    return new Family(
        ID,
        APP,
        Family.State.ACTIVE,
        generation,
        hash(generation),
        hash(generation - 1),
        0,
        NOW,
        NOW + 100,
        NOW + 1000,
        "request-of-" + generation,
        -1,
        0,
        0,
        null);
  }
}
