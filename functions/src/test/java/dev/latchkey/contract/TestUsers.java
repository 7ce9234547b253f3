package dev.latchkey.contract;

import dev.latchkey.account.User;
import dev.latchkey.account.User.PatientAccess;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// People to test with. All sign in with [#PASSWORD].
public final class TestUsers {
  public static final String PASSWORD = "correct horse battery staple";

  private static final int MEMORY_KIB = 1024;

  private TestUsers() {}

  /// Has one record: her own.
  public static User ana() {
    return new User(
        "ana",
        "sub-5f1c",
        "Ana Silva",
        passwordHash(),
        "Patient/ana",
        List.of(new PatientAccess("ana", "Ana Silva", "1984-02-29", "yourself")));
  }

  /// Has his own record and acts for his daughter.
  public static User ben() {
    return new User(
        "ben",
        "sub-9c3e",
        "Ben Novák",
        passwordHash(),
        "RelatedPerson/ben",
        List.of(
            new PatientAccess("ben", "Ben Novák", "1979-11-05", "yourself"),
            new PatientAccess("mia", "Mia Nováková", "2018-06-30", "your child")));
  }

  /// The same after somebody took from him that he acts for his daughter.
  public static User benForHimself() {
    var ben = ben();
    return new User(
        ben.username(),
        ben.subject(),
        ben.name(),
        ben.passwordHash(),
        ben.fhirUser(),
        List.of(ben.patients().getFirst()));
  }

  /// A clinician with patients.
  public static User drRoe() {
    return new User(
        "roe",
        "sub-7d21",
        "Dr Kim Roe",
        passwordHash(),
        "Practitioner/roe",
        List.of(
            new PatientAccess("ana", "Ana Silva", "1984-02-29", "your patient"),
            new PatientAccess("mia", "Mia Nováková", "2018-06-30", "your patient")));
  }

  /// Argon2id in its encoded form (RFC 9106), cheap on purpose: the parameters travel with it.
  private static String passwordHash() {
    var salt = "salt for tests 1".getBytes(StandardCharsets.US_ASCII);
    var argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withSalt(salt)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(1)
            .withParallelism(1)
            .build());
    var hash = new byte[32];
    argon2.generateBytes(PASSWORD.getBytes(StandardCharsets.UTF_8), hash);
    return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=1,p=1$" + base64(salt) + "$" + base64(hash);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
