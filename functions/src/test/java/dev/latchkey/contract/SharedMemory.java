package dev.latchkey.contract;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The memory of Java's generator, as all copies of one snapshot find it: what it has read ahead
/// from the system is the same in each, and `nextBytes` hands it out. Only what asks the system
/// anew differs.
///
/// While it is [#install()]ed, other threads draw what they always draw.
public final class SharedMemory implements AutoCloseable {
  private static final ScopedValue<Random> READ_AHEAD = ScopedValue.newInstance();
  private static final String NAME = "SharedMemory";

  private SharedMemory() {}

  public static SharedMemory install() {
    var system = new SecureRandom();
    Security.insertProviderAt(new Generators(system), 1);
    return new SharedMemory();
  }

  /// What one copy does, from its start.
  public <T> T copy(ScopedValue.CallableOp<? extends T, RuntimeException> life) {
    return ScopedValue.where(READ_AHEAD, new Random(0)).call(life);
  }

  @Override
  public void close() {
    Security.removeProvider(NAME);
  }

  private static final class Generators extends Provider {
    private static final long serialVersionUID = 1;

    private final transient SecureRandom system;

    Generators(SecureRandom system) {
      super(NAME, "1", "What copies of a snapshot share");
      this.system = system;
      putService(
          new Service(this, "SecureRandom", NAME, Generator.class.getName(), List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
              return new Generator(Generators.this.system);
            }
          });
    }
  }

  private static final class Generator extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    private final SecureRandom system;

    Generator(SecureRandom system) {
      this.system = system;
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      if (READ_AHEAD.isBound()) {
        READ_AHEAD.get().nextBytes(bytes);
      } else {
        system.nextBytes(bytes);
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      return system.generateSeed(length);
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      system.setSeed(seed);
    }
  }
}
