package dev.latchkey.fault;

/// What may happen to one call on its way.
public enum Fault {
  /// The service never sees it, and the connection breaks.
  REQUEST_DROPPED,
  /// The service has done it, and the connection breaks.
  RESPONSE_DROPPED,
  /// The service has done it, and the answer comes when nobody waits any more.
  RESPONSE_DELAYED,
  /// The service sees it twice; its second answer arrives.
  REQUEST_DOUBLED,
  /// The service has done it, and the answer breaks off in the middle.
  RESPONSE_TRUNCATED
}
