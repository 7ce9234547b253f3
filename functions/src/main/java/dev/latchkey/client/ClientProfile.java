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
/// @param afterLogout where its users may go after they signed out here
///   (`post_logout_redirect_uris`)
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
    List<RedirectUri> afterLogout,
    @Nullable String softwareId,
    @Nullable String softwareVersion) {

  public ClientProfile {
    contacts = List.copyOf(contacts);
    afterLogout = List.copyOf(afterLogout);
  }

  /// A name and a sentence, and nothing else.
  public static ClientProfile named(String name, String description) {
    return new ClientProfile(
        name, description, null, null, null, List.of(), null, List.of(), null, null);
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
        afterLogout,
        softwareId,
        softwareVersion);
  }

  /// The same for an app whose users may go to these addresses after they signed out here.
  public ClientProfile leavingTo(List<RedirectUri> addresses) {
    return new ClientProfile(
        name,
        description,
        website,
        privacyPolicy,
        terms,
        contacts,
        launchUrl,
        addresses,
        softwareId,
        softwareVersion);
  }
}
