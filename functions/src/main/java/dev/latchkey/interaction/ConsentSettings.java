package dev.latchkey.interaction;

/// How a deployment asks patients for their consent.
///
/// @param counts where the numbers beside the choices come from
/// @param remembers whether an app that asks for no more than it holds is let in without the page
public record ConsentSettings(RecordCounts counts, boolean remembers) {
  public ConsentSettings with(RecordCounts others) {
    return new ConsentSettings(others, remembers);
  }
}
