package dev.latchkey.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a developer says about an app. Texts of strangers: shown as text, never fetched and never
/// believed (RFC 7591 section 5).
///
/// @param name shown to the patient
/// @param description one sentence shown to the patient; may be empty
/// @param website `client_uri`
/// @param privacyPolicy `policy_uri`
/// @param terms `tos_uri`
/// @param contacts of the people responsible, usually mail addresses
/// @param launchUrl where an EHR opens the app (`initiate_login_uri`); null for an app that people
///   open themselves
/// @param softwareId the same for every registration of one product
/// @param softwareVersion of the product
public record ClientProfile(
    String name,
    String description,
    @Nullable String website,
    @Nullable String privacyPolicy,
    @Nullable String terms,
    List<String> contacts,
    @Nullable String launchUrl,
    @Nullable String softwareId,
    @Nullable String softwareVersion) {

  public ClientProfile {
    contacts = List.copyOf(contacts);
  }

  /// A name and a sentence, and nothing else.
  public static ClientProfile named(String name, String description) {
    return new ClientProfile(name, description, null, null, null, List.of(), null, null, null);
  }

  /// The same for an app that an EHR opens at this address.
  public ClientProfile openedAt(@Nullable String url) {
    return new ClientProfile(
        name,
        description,
        website,
        privacyPolicy,
        terms,
        contacts,
        url,
        softwareId,
        softwareVersion);
  }
}
