package dev.latchkey.lambda;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.JniHelper;
import dev.latchkey.endpoint.TokenFunction;
import dev.latchkey.secret.Entropy;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;

/// A program that makes the token function, lets it rehearse, and then goes on twice from the same
/// memory, as copies from one snapshot do. The system makes the copies (`fork`), so they share
/// everything that was in memory, as copies of a snapshot do.
///
/// Each copy writes a file: what a generator says that was made before, what Java had read ahead,
/// and the first thousand values of the functions' own source.
final class TwoCopies {
  static final int VALUES = 1000;

  private static final ValueLayout INT = ValueLayout.JAVA_INT;
  private static final MethodHandle FORK = function("fork", INT);
  private static final MethodHandle WAIT = function("waitpid", INT, INT, ValueLayout.ADDRESS, INT);
  private static final MethodHandle EXIT = function("_exit", INT, INT);

  private final Entropy entropy = Entropy.secure();
  private final SecureRandom keptGenerator;

  private TwoCopies(SecureRandom keptGenerator) {
    this.keptGenerator = keptGenerator;
  }

  /// @param arguments the files
  public static void main(String[] arguments) throws Throwable {
    JniHelper.load();
    var function = new TokenFunction();
    var copies = new TwoCopies(SecureRandom.getInstance("DRBG"));
    Core.getGlobalContext().beforeCheckpoint(null);
    // A copy is a single thread of a machine that needs more when it loads classes.
    copies.write(Path.of(arguments[0]));
    for (var file : arguments) {
      copies.fork(Path.of(file));
    }
    if (function.hashCode() == 0) {
      System.out.println("Kept until here, or its hooks would be forgotten.");
    }
  }

  private void fork(Path file) throws Throwable {
    // What Java reads ahead now is there in both copies.
    new SecureRandom().nextBytes(new byte[1]);
    int copy = (int) FORK.invokeExact();
    if (copy == 0) {
      write(file);
      int _ = (int) EXIT.invokeExact(0);
    }
    int _ = (int) WAIT.invokeExact(copy, MemorySegment.NULL, 0);
  }

  private void write(Path file) throws Exception {
    var lines = new ArrayList<String>();
    // First, while what was read ahead is still fresh.
    for (int i = 0; i < VALUES; i++) {
      lines.add(entropy.value());
    }
    Core.getGlobalContext().afterRestore(null);
    lines.add(next(new SecureRandom()));
    lines.add(next(keptGenerator));
    Files.write(file, lines);
  }

  private static String next(SecureRandom generator) {
    var bytes = new byte[16];
    generator.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static MethodHandle function(
      String name, MemoryLayout returned, MemoryLayout... arguments) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(),
        FunctionDescriptor.of(returned, arguments));
  }
}
