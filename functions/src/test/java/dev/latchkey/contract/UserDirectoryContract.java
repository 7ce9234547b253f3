package dev.latchkey.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import dev.latchkey.account.UserDirectory;
import dev.latchkey.secret.Entropy;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every directory of users does.
public abstract class UserDirectoryContract {
  private final String username = "user-" + Entropy.secure().value();

  protected abstract UserDirectory users();

  @Test
  void keepsAUserWithOnePatientAndOneWithSeveral() {
    for (var user : List.of(TestUsers.ana(), TestUsers.ben())) {
      users().put(user);

      assertThat(users().find(user.username())).contains(user);
      assertThat(users().ofSubject(user.subject())).contains(user);
    }
  }

  @Test
  void aSubjectIsNoUsernameAndAnUnknownOneIsNobodys() {
    users().put(TestUsers.ana());

    assertThat(users().ofSubject(TestUsers.ana().username())).isEmpty();
    assertThat(users().find(TestUsers.ana().subject())).isEmpty();
    assertThat(users().ofSubject(username)).isEmpty();
  }

  @Test
  void keepsTextOfAnyLanguage() {
    var user =
        new User(
            username + " é☃𝔘 '\"\\",
            "суб",
            "Ōe Ken'zaburō",
            "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA",
            "Patient/é",
            List.of(new PatientAccess("é", "Дочь", "2020-01-01", "your child")));

    users().put(user);

    assertThat(users().find(user.username())).contains(user);
  }

  @Test
  void replacesAUserAsAWhole() {
    users().put(named(TestUsers.ben(), "Before"));

    users().put(named(TestUsers.ana(), "After"));

    assertThat(users().find(username)).contains(named(TestUsers.ana(), "After"));
    assertThat(users().ofSubject(subject(TestUsers.ana())))
        .contains(named(TestUsers.ana(), "After"));
    assertThat(users().ofSubject(subject(TestUsers.ben()))).isEmpty();
  }

  @Test
  void knowsNothingOfNamesThatNobodyHas() {
    users().put(named(TestUsers.ana(), "Present"));

    assertThat(users().find(username + "x")).isEmpty();
    assertThat(users().find(username + " ")).isEmpty();
    assertThat(users().find("%")).isEmpty();
  }

  @Test
  void takesWhateverPeopleType() {
    for (var typed :
        new String[] {"", " ", "é☃𝔘", "a\u0000b", "' OR 1=1 --", "x".repeat(20_000)}) {
      assertThat(users().find(typed)).isEmpty();
    }
  }

  private User named(User user, String name) {
    return new User(
        username, subject(user), name, user.passwordHash(), user.fhirUser(), user.patients());
  }

  private String subject(User user) {
    return username + user.subject();
  }
}
