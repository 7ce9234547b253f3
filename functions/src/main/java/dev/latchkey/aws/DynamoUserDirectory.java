package dev.latchkey.aws;

import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.account.UserDirectory;
import java.util.Optional;

/// Users in DynamoDB: `U#username` in table `registry`, and under `U#sub` the name of the user with
/// that subject.
public final class DynamoUserDirectory implements UserDirectory {
  private final DynamoTable table;

  public DynamoUserDirectory(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<User> find(String username) {
    return table.get(key(username)).map(item -> user(username, item));
  }

  /// A name that leads to no such user is as good as none.
  @Override
  public Optional<User> ofSubject(String subject) {
    return table
        .get(subjectKey(subject))
        .flatMap(item -> find(item.text("username")))
        .filter(user -> user.subject().equals(subject));
  }

  /// The way by the subject is laid first: until the user is there it leads nowhere.
  @Override
  public void put(User user) {
    table.put(Item.at(subjectKey(user.subject())).text("username", user.username()).build());
    table.put(
        Item.at(key(user.username()))
            .text("sub", user.subject())
            .text("name", user.name())
            .text("password", user.passwordHash())
            .text("fhirUser", user.fhirUser())
            .items("patients", user.patients().stream().map(DynamoUserDirectory::item).toList())
            .build());
  }

  private static Key key(String username) {
    return Key.of("U#" + username, "U");
  }

  private static Key subjectKey(String subject) {
    return Key.of("U#" + subject, "S");
  }

  private static User user(String username, Item item) {
    return new User(
        username,
        item.text("sub"),
        item.text("name"),
        item.text("password"),
        item.text("fhirUser"),
        item.items("patients").stream().map(DynamoUserDirectory::patient).toList());
  }

  private static Item item(PatientAccess patient) {
    return Item.nested()
        .text("id", patient.id())
        .text("name", patient.name())
        .text("birthDate", patient.birthDate())
        .text("relationship", patient.relationship())
        .build();
  }

  private static PatientAccess patient(Item item) {
    return new PatientAccess(
        item.text("id"), item.text("name"), item.text("birthDate"), item.text("relationship"));
  }
}
