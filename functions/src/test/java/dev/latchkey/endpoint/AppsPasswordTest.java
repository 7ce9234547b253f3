package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.PasswordChange;
import dev.latchkey.account.Passwords;
import dev.latchkey.account.User;
import dev.latchkey.account.UserDirectory;
import dev.latchkey.contract.LocalWiring;
import dev.latchkey.contract.TestClients;
import dev.latchkey.contract.TestUsers;
import dev.latchkey.family.Withdrawal;
import dev.latchkey.http.Unavailable;
import dev.latchkey.policy.SignInPolicy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A new password, and everything that ends with the old one.
class AppsPasswordTest {
  private static final String SCOPES = "launch/patient offline_access patient/Observation.rs";
  private static final String NEW = "four quite ordinary words";

  private final LocalWiring local =
      LocalWiring.start().seed(TestClients.nativeApp()).seed(TestUsers.ana()).seed(TestUsers.ben());
  private final AppsBrowser browser = AppsBrowser.ofAna(local);

  @Test
  void thePageSaysWhatElseItDoes() {
    assertThat(browser.open().body()).contains("href=\"/apps/password\"");
    assertThat(browser.get("password").body())
        .contains(
            "<h1>Change your password</h1>",
            "This also takes back every key of every app",
            "autocomplete=\"new-password\"",
            "value=\"ana\" autocomplete=\"username\"");
  }

  @Test
  void theNewPasswordWorksAndEverythingOfTheOldOneEnds() {
    var elsewhere = AppsBrowser.ofAna(local);
    var id = browser.allowed(TestClients.NATIVE, SCOPES);
    var bens = browser.allowed(TestUsers.ben().subject(), TestClients.NATIVE, SCOPES);

    var answer = change(TestUsers.PASSWORD, NEW, NEW);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(browser.follow(answer).body())
        .contains("<h1>Your password is changed</h1>", "connect it again from the app");
    assertThat(browser.stands(id)).isFalse();
    assertThat(browser.stands(bens)).isTrue();
    assertThat(elsewhere.open().body()).contains("<h1>Sign in to see your apps</h1>");
    assertThat(browser.browser().cookies()).doesNotContainKey(TestBrowser.SESSION);

    local.clock().advance(Duration.ofSeconds(1));
    assertThat(browser.signIn("ana", TestUsers.PASSWORD).status()).isEqualTo(403);
    assertThat(browser.signIn("ana", NEW).status()).isEqualTo(303);
    assertThat(browser.open().body()).contains("Ana Silva", "No app holds a key to your records.");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'four quite ordinary words', 'four quite ordinary words', Fill in all three",
    "'correct horse battery staple', '', '', Fill in all three",
    "'correct horse battery staple', 'four quite ordinary words', 'others', are not the same",
    "'correct horse battery staple', 'eleven char', 'eleven char', at least 12 characters",
    "'correct horse battery staple', 'correct horse battery staple', 'correct horse battery"
        + " staple', that you have already"
  })
  void aPasswordThatDoesNotDoIsNotTriedAndChangesNothing(
      String current, String wanted, String repeated, String problem) {
    var answer = change(current, wanted, repeated);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("role=\"alert\"", problem).doesNotContain(NEW, "staple");
    assertThat(new AppsBrowser(local).signIn("ana", TestUsers.PASSWORD).status()).isEqualTo(303);
  }

  @Test
  void lengthIsCountedInCharactersAndTheUserNameIsNoPassword() {
    assertThat(change(TestUsers.PASSWORD, "x".repeat(201), "x".repeat(201)).body())
        .contains("at most 200 characters");
    assertThat(change(TestUsers.PASSWORD, "🔑".repeat(11), "🔑".repeat(11)).body())
        .contains("at least 12 characters");
    var long1 =
        new User(
            "a-long-user-name",
            "sub-long",
            "Long",
            TestUsers.ana().passwordHash(),
            "Patient/ana",
            TestUsers.ana().patients());
    local.seed(long1);
    browser.post("sign-out");
    browser.signIn("a-long-user-name", TestUsers.PASSWORD);
    assertThat(change(TestUsers.PASSWORD, "A-Long-User-Name", "A-Long-User-Name").body())
        .contains("must not be your user name");
    assertThat(change(TestUsers.PASSWORD, "🔑".repeat(12), "🔑".repeat(12)).status())
        .isEqualTo(303);
  }

  @Test
  void guessingTheCurrentPasswordIsCountedAsSigningIn() {
    for (int i = 0; i < SignInPolicy.FREE_ATTEMPTS; i++) {
      var wrong = change("guess " + i, NEW, NEW);
      assertThat(wrong.status()).isEqualTo(403);
      assertThat(wrong.body()).contains("This is not your current password.");
    }

    var slowed = change(TestUsers.PASSWORD, NEW, NEW);

    assertThat(slowed.status()).isEqualTo(429);
    assertThat(slowed.headers()).containsKey("retry-after");
    assertThat(new AppsBrowser(local).signIn("ana", TestUsers.PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void whenTheDirectoryFailsEverybodyIsSignedOutAndTheOldPasswordStillWorks() {
    var stores = local.wiring().stores();
    var id = browser.allowed(TestClients.NATIVE, SCOPES);
    var failing =
        new PasswordChange(
            new ReadOnly(stores.users()),
            new Withdrawal(stores.families(), stores.cutoffs()),
            local.clock());
    var ana = TestUsers.ana();

    assertThatThrownBy(() -> failing.change(ana, Passwords.hash(NEW, local.wiring().entropy())))
        .isInstanceOf(Unavailable.class);

    assertThat(browser.stands(id)).isFalse();
    assertThat(browser.open().body()).contains("<h1>Sign in to see your apps</h1>");
    local.clock().advance(Duration.ofSeconds(1));
    assertThat(browser.signIn("ana", TestUsers.PASSWORD).status()).isEqualTo(303);
  }

  private record ReadOnly(UserDirectory users) implements UserDirectory {
    @Override
    public Optional<User> find(String username) {
      return users.find(username);
    }

    @Override
    public Optional<User> ofSubject(String subject) {
      return users.ofSubject(subject);
    }

    @Override
    public void put(User user) {
      throw new Unavailable("DynamoDB");
    }
  }

  private TestBrowser.Answer change(String current, String wanted, String repeated) {
    return browser.post("password", "current", current, "password", wanted, "repeated", repeated);
  }
}
