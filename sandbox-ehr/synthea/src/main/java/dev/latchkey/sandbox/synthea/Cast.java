package dev.latchkey.sandbox.synthea;

import java.util.List;

/// The people of the sandbox, chosen by hand from Synthea's population: every age, both sexes, and
/// two children whose parent is a patient too.
final class Cast {

  private Cast() {}

  /// One patient: Synthea's id of the person and the id the sandbox gives.
  record Member(String syntheaId, String id, List<Guardian> guardians) {}

  /// A parent, as the child's record knows them. The record never points at the parent's own
  /// record, so nothing links two patients.
  record Guardian(
      String id, String given, String family, String gender, String relationship, String display) {}

  static final List<Member> MEMBERS =
      List.of(
          child(
              "8b65a027-38c2-19e8-0243-861c71f07ec2",
              "alonso",
              mother("alonso", "Shella455", "Yundt842")),
          child(
              "fb314e78-f5fa-825a-5079-98f53e7fce2b",
              "graciela",
              mother("graciela", "Dolores502", "Delrío329")),
          child(
              "28073e8d-cf2c-f2a6-a9aa-4942d33560bc",
              "bobby",
              father("bobby", "Warren502", "Glover433")),
          adult("fdae04fc-1eba-dca3-4c97-1b705149c2bc", "hee"),
          adult("66473ae7-8ea9-0808-572a-5960188ae914", "guillermo"),
          adult("bf8a5dcf-b66a-3f55-6a31-5c837e04b903", "reynaldo"),
          adult("e563bb11-5fa6-6000-2cbc-b2c2f08b7daf", "precious"),
          adult("732b82b2-4670-0f43-b550-d124d78ace3e", "shella"),
          adult("d9c77f67-29cd-9189-a7ef-2a3040aa9eb5", "kendal"),
          adult("ddfa4156-d154-1bae-d627-a0c6b52c72d1", "dolores"),
          adult("a5a9f7dd-643a-a2ae-d0f3-42f2ec91cf5b", "gilbert"),
          adult("ae0c7122-424c-7808-0859-b5241f1f6f35", "mia"),
          adult("349f0bcf-7a45-c584-5374-7bb746e0ab5d", "allie"),
          adult("2dfb5c43-32e1-ba60-b210-fac0628df470", "reid"),
          adult("70bc622d-84ff-3aea-2b5e-0f7a9b3e4ae7", "rhea"));

  private static Member adult(String syntheaId, String id) {
    return new Member(syntheaId, id, List.of());
  }

  private static Member child(String syntheaId, String id, Guardian guardian) {
    return new Member(syntheaId, id, List.of(guardian));
  }

  private static Guardian mother(String child, String given, String family) {
    return new Guardian(child + "-mother", given, family, "female", "MTH", "mother");
  }

  private static Guardian father(String child, String given, String family) {
    return new Guardian(child + "-father", given, family, "male", "FTH", "father");
  }
}
