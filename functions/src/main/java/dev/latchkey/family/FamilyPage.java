package dev.latchkey.family;

import dev.latchkey.client.ClientId;
import java.util.List;
import java.util.Optional;

/// A part of what one user allowed.
///
/// @param holdings may be fewer than asked for, even when there are more pages
/// @param next where the next page begins; empty on the last one
public record FamilyPage(List<Holding> holdings, Optional<Cursor> next) {
  public FamilyPage {
    holdings = List.copyOf(holdings);
  }

  /// A place in the list: right behind this family.
  public record Cursor(ClientId client, FamilyId family) {
    public static Cursor at(Holding holding) {
      return new Cursor(holding.grant().client(), holding.family().id());
    }
  }
}
