package dev.latchkey.sandbox.localstack;

import dev.latchkey.sandbox.LoggedEvents;
import dev.latchkey.sandbox.SandboxKeySets;
import dev.latchkey.sandbox.SandboxSettings;
import dev.latchkey.sandbox.StartRefused;
import dev.latchkey.sandbox.gateway.TemplateFiles;
import dev.latchkey.signing.KeySchedule;
import dev.latchkey.wiring.Settings;
import dev.latchkey.wiring.Wiring;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/// The functions' graph as on AWS, with LocalStack in its place. The stacks `latchkey-tables` and
/// `latchkey-keys` are made at start when LocalStack has none.
@Configuration(proxyBeanMethods = false)
@Profile("localstack")
@ConditionalOnMissingBean(Wiring.class)
public class LocalStackConfiguration {
  private static final String REGION = "eu-west-1";

  @Bean
  Wiring wiring(
      SandboxSettings sandbox,
      TemplateFiles templates,
      @Value("${latchkey.aws-endpoint:http://127.0.0.1:4566}") URI endpoint) {
    try (var cloudFormation = new CloudFormation(endpoint, REGION)) {
      var stacks = new Stacks(cloudFormation);
      var tables = stacks.outputs("latchkey-tables", templates.read("infra/tables.yaml"));
      var keys = stacks.outputs("latchkey-keys", templates.read("infra/keys.yaml"));
      return Wiring.from(
              new Settings(
                  sandbox.identity(),
                  KeySchedule.parse("CURRENT=" + output(keys, "SigningKeyArn")),
                  output(keys, "TokenKeyArn"),
                  "",
                  new Settings.Tables(
                      output(tables, "FamiliesTableName"),
                      output(tables, "EphemeralTableName"),
                      output(tables, "RegistryTableName")),
                  REGION,
                  Optional.of(endpoint),
                  sandbox.registrationPolicy(),
                  sandbox.rememberConsent(),
                  Settings.SignIn.HERE,
                  false),
              new LoggedEvents())
          .withKeySets(SandboxKeySets.of(sandbox));
    }
  }

  private static String output(Map<String, String> outputs, String name) {
    var value = outputs.get(name);
    if (value == null) {
      throw new StartRefused(
          "The stacks in LocalStack are of another version: %s is missing. Start over: infra/localstack/down, then infra/localstack/up."
              .formatted(name));
    }
    return value;
  }
}
