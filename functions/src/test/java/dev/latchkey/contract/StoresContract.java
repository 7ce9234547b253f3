package dev.latchkey.contract;

import dev.latchkey.account.Sessions;
import dev.latchkey.account.SignInThrottle;
import dev.latchkey.account.UserDirectory;
import dev.latchkey.authorize.Codes;
import dev.latchkey.authorize.PushedRequests;
import dev.latchkey.authorize.Transactions;
import dev.latchkey.client.ClientRegistry;
import dev.latchkey.family.Cutoffs;
import dev.latchkey.family.Families;
import dev.latchkey.family.WrappedTokenKeys;
import dev.latchkey.launch.Launches;
import dev.latchkey.limit.RequestCounts;
import dev.latchkey.portal.page.SignInHandles;
import dev.latchkey.registration.InitialAccessTokens;
import dev.latchkey.replay.UsedIdentifiers;
import dev.latchkey.secret.WrappedKeys;
import dev.latchkey.signing.SigningSchedules;
import dev.latchkey.wiring.Stores;
import org.junit.jupiter.api.Nested;

/// The contract of every store port at once. A kind of store passes it by extending this class in
/// its own tests and handing over its stores, empty at the start and the same for all tests of the
/// class.
public abstract class StoresContract {
  protected abstract Stores stores();

  @Nested
  class AsClientRegistry extends ClientRegistryContract {
    @Override
    protected ClientRegistry clients() {
      return stores().clients();
    }
  }

  @Nested
  class AsUserDirectory extends UserDirectoryContract {
    @Override
    protected UserDirectory users() {
      return stores().users();
    }
  }

  @Nested
  class AsSignInThrottle extends SignInThrottleContract {
    @Override
    protected SignInThrottle throttle() {
      return stores().throttle();
    }
  }

  @Nested
  class AsSessions extends SessionsContract {
    @Override
    protected Sessions sessions() {
      return stores().sessions();
    }
  }

  @Nested
  class AsTransactions extends TransactionsContract {
    @Override
    protected Transactions transactions() {
      return stores().transactions();
    }
  }

  @Nested
  class AsPushedRequests extends PushedRequestsContract {
    @Override
    protected PushedRequests requests() {
      return stores().pushedRequests();
    }
  }

  @Nested
  class AsLaunches extends LaunchesContract {
    @Override
    protected Launches launches() {
      return stores().launches();
    }
  }

  @Nested
  class AsSignInHandles extends SignInHandlesContract {
    @Override
    protected SignInHandles handles() {
      return stores().signInHandles();
    }
  }

  @Nested
  class AsCodes extends CodesContract {
    @Override
    protected Codes codes() {
      return stores().codes();
    }
  }

  @Nested
  class AsFamilies extends FamiliesContract {
    @Override
    protected Families families() {
      return stores().families();
    }
  }

  @Nested
  class AsRotatingFamilies extends FamilyRotationContract {
    @Override
    protected Families families() {
      return stores().families();
    }
  }

  @Nested
  class AsListOfFamilies extends FamilyListContract {
    @Override
    protected Families families() {
      return stores().families();
    }
  }

  @Nested
  class AsCutoffs extends CutoffsContract {
    @Override
    protected Cutoffs cutoffs() {
      return stores().cutoffs();
    }
  }

  @Nested
  class AsWrappedTokenKeys extends WrappedTokenKeysContract {
    @Override
    protected WrappedTokenKeys keys() {
      return stores().tokenKeys();
    }
  }

  @Nested
  class AsUsedIdentifiers extends UsedIdentifiersContract {
    @Override
    protected UsedIdentifiers identifiers() {
      return stores().usedIdentifiers();
    }
  }

  @Nested
  class AsInitialAccessTokens extends InitialAccessTokensContract {
    @Override
    protected InitialAccessTokens tokens() {
      return stores().initialAccessTokens();
    }
  }

  @Nested
  class AsWrappedKeys extends WrappedKeysContract {
    @Override
    protected WrappedKeys keys() {
      return stores().wrappedKeys();
    }
  }

  @Nested
  class AsSigningSchedules extends SigningSchedulesContract {
    @Override
    protected SigningSchedules schedules() {
      return stores().signingSchedules();
    }
  }

  @Nested
  class AsRequestCounts extends RequestCountsContract {
    @Override
    protected RequestCounts counts() {
      return stores().requestCounts();
    }
  }
}
