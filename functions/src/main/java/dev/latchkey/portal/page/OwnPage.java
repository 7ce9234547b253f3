package dev.latchkey.portal.page;

import dev.latchkey.http.AddressQuery;
import dev.latchkey.http.Json;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.portal.Portal;
import dev.latchkey.portal.PortalMessage;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// A sign-in page of the team's own.
///
/// The browser takes a handle there and brings a code back, each of which works once. The handle is
/// made of the value of the browser's cookie, as a challenge of PKCE is, and the code is known to
/// nobody but the browser that signed in. So a result counts only where both meet: in the browser
/// that left and signed in itself. Somebody who leads others to a handle of their own gets nothing
/// (RFC 9700 section 4.5, RFC 6819 section 4.4.1.7).
///
/// @param address of the page
public record OwnPage(String address, SignInHandles handles, InstantSource clock, Entropy entropy)
    implements Portal {

  @Override
  public Optional<String> address(Departure departure) {
    var handle = departure.challenge();
    var back = AddressQuery.add(departure.redirectUri(), Map.of("state", departure.state()));
    var endsAt = Lifetimes.after(clock.instant().getEpochSecond(), Lifetimes.TRANSACTION);
    handles.open(SecretHash.of(handle), new SignInHandle(back, departure.wishes(), endsAt));
    return Optional.of(AddressQuery.add(address, Map.of("handle", handle)));
  }

  @Override
  public Answer identify(Return back) {
    var handle = SecretHash.of(SecretHash.of(back.verifier()).value());
    return handles
        .take(handle, SecretHash.of(back.code()), entropy.value(), clock.instant())
        .map(Json::readObject)
        .map(PortalMessage::read)
        .orElseGet(() -> new Answer.Refused("No page finished this sign-in with that code."));
  }
}
