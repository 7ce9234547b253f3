package dev.latchkey.registration;

import dev.latchkey.client.ClientId;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.client.IdentityLevel;
import dev.latchkey.client.Registration;
import dev.latchkey.client.SecretHashing;
import dev.latchkey.http.OAuthFailure;
import dev.latchkey.http.Outcome;
import dev.latchkey.http.Request;
import dev.latchkey.limit.RequestCounts;
import dev.latchkey.policy.Lifetimes;
import dev.latchkey.secret.Entropy;
import dev.latchkey.secret.SecretHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Registers an app (RFC 7591 section 3).
///
/// What is wrong with a request costs no write and no use of a token; only what would be registered
/// is counted.
record Registering(
    RegistrationPolicy policy,
    Admissions admissions,
    SoftwareStatements statements,
    RequestCounts counts,
    ClientRegistry clients,
    SecretHashing hashing,
    Entropy entropy) {

  Outcome<Registered> register(Request request, Instant now) {
    return admissions
        .admit(request, now)
        .then(
            admission ->
                MetadataReader.body(request)
                    .then(members -> accepted(admission, members, now))
                    .then(accepted -> withinLimit(admission, accepted, now))
                    .then(
                        accepted ->
                            admissions.use(admission, now).then(_ -> Outcome.success(accepted)))
                    .then(accepted -> Outcome.success(registered(admission, accepted, now))));
  }

  /// Accepted metadata and the statement that came with it.
  private record Accepted(AcceptedMetadata metadata, @Nullable String statement) {}

  private Outcome<Accepted> accepted(
      Admission admission, Map<String, Object> members, Instant now) {
    return switch (admission) {
      case Admission.Device(var copy) -> acceptedOf(copy, DeviceKeys.members(copy, members));
      case Admission.Anybody _, Admission.Developer _ ->
          statements
              .read(members, admission.allowance(), now)
              .then(
                  asked ->
                      MetadataReader.read(asked.members())
                          .then(read -> checks().check(read, asked.allowance())))
              .then(
                  checked ->
                      Outcome.success(
                          new Accepted(
                              checked,
                              members.get(SoftwareStatements.MEMBER) instanceof String statement
                                  ? statement
                                  : null)));
    };
  }

  private Outcome<Accepted> acceptedOf(DeviceKeys.Copy copy, Map<String, Object> members) {
    return MetadataReader.read(members)
        .then(
            read ->
                DeviceKeys.problem(copy, read)
                    .map(Outcome::<ClientMetadata>refused)
                    .orElseGet(() -> Outcome.success(read)))
        .then(read -> checks().check(read, DeviceKeys.allowance(copy)))
        .then(checked -> Outcome.success(new Accepted(checked, null)));
  }

  private MetadataChecks checks() {
    return new MetadataChecks(policy);
  }

  private Outcome<Accepted> withinLimit(Admission admission, Accepted accepted, Instant now) {
    return counts.count(admission.counted(), admission.limit(policy), now).isEmpty()
        ? Outcome.success(accepted)
        : Outcome.refused(
            OAuthFailure.tooManyRequests("Too many apps were registered from here. Wait a while."));
  }

  private Registered registered(Admission admission, Accepted accepted, Instant now) {
    var seconds = now.getEpochSecond();
    var secret = accepted.metadata().needsSecret() ? entropy.value() : null;
    var managementToken =
        admission instanceof Admission.Device ? null : ManagementToken.fresh(entropy);
    var client =
        accepted
            .metadata()
            .client(
                ClientId.fresh(entropy),
                secret == null
                    ? List.of()
                    : List.of(ClientSecret.of(hashing.hash(secret), seconds)),
                registration(
                    admission, accepted.metadata().allowance().level(), managementToken, seconds));
    clients.put(client);
    return new Registered(client, secret, managementToken, accepted.statement());
  }

  /// What nobody vouched for, and what is one of millions, ends if no patient ever allows it.
  private static Registration registration(
      Admission admission, IdentityLevel level, @Nullable String managementToken, long now) {
    var ends = admission instanceof Admission.Device || level == IdentityLevel.UNVERIFIED;
    return new Registration(
        level,
        now,
        ends ? Lifetimes.after(now, RegistrationPolicy.UNUSED) : Lifetimes.END_OF_TIME,
        false,
        managementToken == null ? null : SecretHash.of(managementToken));
  }
}
