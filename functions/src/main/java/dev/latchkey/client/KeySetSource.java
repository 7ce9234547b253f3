package dev.latchkey.client;

/// Reads key sets from the addresses that clients registered: the one kind of address of a
/// stranger's choice that this server ever asks.
@FunctionalInterface
public interface KeySetSource {
  /// What came of it.
  sealed interface Answer {
    /// A key set.
    ///
    /// @param jwks as text
    /// @param maxAge for how many seconds the client lets it be kept; negative when it says nothing
    record KeySet(String jwks, long maxAge) implements Answer {}

    /// The address leads to where no app's keys can be: into this network, for example.
    record Blocked() implements Answer {}

    /// It did not answer in time, or with something else.
    record Failed() implements Answer {}
  }

  /// Asks once.
  Answer read(String jwksUri);
}
