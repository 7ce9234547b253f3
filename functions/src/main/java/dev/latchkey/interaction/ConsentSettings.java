package dev.latchkey.interaction;

import dev.latchkey.client.Client;
import dev.latchkey.client.IdentityLevel;

/// How a deployment asks patients for their consent.
///
/// @param counts where the numbers beside the choices come from
/// @param encounters where the visits to choose from come from
/// @param remembers whether an app that asks for no more than it holds is let in without the page
public record ConsentSettings(RecordCounts counts, RecentEncounters encounters, boolean remembers) {
  /// Where no record is at hand.
  public ConsentSettings(boolean remembers) {
    this(RecordCounts.NONE, RecentEncounters.NONE, remembers);
  }

  /// Whether lasting access that is allowed to this app now may spare the patient the page later.
  ///
  /// Another app cannot send the name of one that has to prove itself and get the code exchanged
  /// (RFC 8252 section 8.6), and one that only operators manage is still what they checked.
  public boolean mayRemember(Client client) {
    return remembers
        && client.clientClass().isConfidential()
        && client.registration().level() == IdentityLevel.VERIFIED
        && client.registration().managementToken() == null;
  }

  /// The same where a record is at hand.
  public ConsentSettings with(RecordCounts others, RecentEncounters listed) {
    return new ConsentSettings(others, listed, remembers);
  }
}
