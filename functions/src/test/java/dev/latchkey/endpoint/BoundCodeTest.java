package dev.latchkey.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Threat T42: somebody who caught a code tries it with a key of their own (RFC 9449 section 10).
class BoundCodeTest {
  private final ProvingApps apps = new ProvingApps();

  @Test
  void t42_aCodeThatNamesAKeyIsWorthNothingWithAnotherOrWithNone() {
    var code = apps.codeFor(apps.key);

    var withTheirs = apps.exchange(code, apps.proof(apps.thiefs).signed());
    Grants.assertRefused(withTheirs, 400, "invalid_grant");
    assertThat(withTheirs.text("error_description")).contains("dpop_jkt");
    Grants.assertRefused(apps.grants.exchange(code).to(apps.tokens), 400, "invalid_grant");

    var owners = apps.exchange(code, apps.proof().signed());
    assertThat(owners.status()).as("the code is not used up").isEqualTo(200);
    assertThat(owners.json()).containsEntry("token_type", "DPoP");
    assertThat(apps.refresh(owners.text("refresh_token"), apps.proof().signed()).status())
        .as("and nothing was revoked")
        .isEqualTo(200);
  }

  /// The key alone is not enough: PKCE is asked for too.
  @Test
  void t42_theKeyDoesNotReplaceTheVerifier() {
    var code = apps.codeFor(apps.key);

    var answer =
        apps.grants
            .changed(code, "code_verifier", "x".repeat(43))
            .header("dpop", apps.proof().signed())
            .to(apps.tokens);

    Grants.assertRefused(answer, 400, "invalid_grant");
  }

  @Test
  void t42_aCodeThatNamesNoKeyIsBoundToTheOneThatIsProved() {
    var granted = apps.exchange(apps.grants.nativeCode(), apps.proof().signed());

    Grants.assertRefused(
        apps.refresh(granted.text("refresh_token"), apps.proof(apps.thiefs).signed()),
        400,
        "invalid_grant");
  }
}
