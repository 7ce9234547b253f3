package dev.latchkey.launch;

import dev.latchkey.client.Client;
import dev.latchkey.http.AddressQuery;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.policy.ServerIdentity;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Opens an app from within an EHR (SMART 2.2, EHR launch): the browser goes to the address that
/// the app registered, with the FHIR base (`iss`) and a handle that stands for what is open
/// (`launch`).
public record AppOpening(Launches launches, ServerIdentity identity, Entropy entropy) {

  /// Keeps the launch and says where the browser goes.
  ///
  /// @param launch who opens the app, and what for; whoever calls has seen that this user may see
  ///   this patient
  /// @return empty for an app that registered no `initiate_login_uri`: an EHR opens no other
  ///   address
  public Optional<String> open(Client client, Launch launch, Instant now) {
    var registered = Optional.ofNullable(client.profile().launchUrl());
    return registered.map(url -> address(url, keep(client, launch, now)));
  }

  private String keep(Client client, Launch launch, Instant now) {
    var handle = entropy.value();
    launches.open(
        SecretHash.of(handle),
        client.id(),
        launch,
        Lifetimes.after(now.getEpochSecond(), Lifetimes.LAUNCH));
    return handle;
  }

  private String address(String url, String handle) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("iss", identity.fhirBase());
    parameters.put("launch", handle);
    return URI.create(AddressQuery.add(url, parameters)).toASCIIString();
  }
}
