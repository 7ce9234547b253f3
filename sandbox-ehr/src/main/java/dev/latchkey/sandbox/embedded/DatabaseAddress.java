package dev.latchkey.sandbox.embedded;

import dev.latchkey.sandbox.SandboxSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/// Where the authorization server's database is.
///
/// @param url JDBC URL
/// @param username null when the URL holds it
/// @param password null when the URL holds it or none is needed
public record DatabaseAddress(String url, @Nullable String username, @Nullable String password) {
  /// H2's settings: its PostgreSQL dialect, so that both databases get the same SQL; ten seconds of
  /// patience for a row that another request is writing; and each commit written before it returns,
  /// since a rotation that a crash takes back costs an app its grant.
  private static final String H2_SETTINGS = ";MODE=PostgreSQL;LOCK_TIMEOUT=10000;WRITE_DELAY=0";

  private static final String SPRING_URL = "spring.datasource.url";

  /// The PostgreSQL database that keeps the FHIR resources, where one is set, or else an H2 file of
  /// its own beside theirs.
  public static DatabaseAddress of(SandboxSettings settings, Environment environment) {
    return Optional.ofNullable(environment.getProperty(SPRING_URL))
        .filter(url -> url.startsWith("jdbc:postgresql:"))
        .map(
            url ->
                new DatabaseAddress(
                    url,
                    environment.getProperty("spring.datasource.username"),
                    environment.getProperty("spring.datasource.password")))
        .orElseGet(() -> h2(settings.dataFolder().h2Url("latchkey")));
  }

  /// An H2 database at a URL without settings of its own.
  public static DatabaseAddress h2(String url) {
    return new DatabaseAddress(url + H2_SETTINGS, "", "");
  }

  /// Without the settings, which may hold a password.
  @Override
  public String toString() {
    return url.split("[?;]", 2)[0];
  }
}
