package dev.latchkey.sandbox.embedded;

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
import dev.latchkey.http.Unavailable;
import dev.latchkey.launch.Launches;
import dev.latchkey.limit.RequestCounts;
import dev.latchkey.portal.page.SignInHandles;
import dev.latchkey.registration.InitialAccessTokens;
import dev.latchkey.replay.UsedIdentifiers;
import dev.latchkey.secret.WrappedKeys;
import dev.latchkey.signing.KeptWindowKeys;
import dev.latchkey.signing.SigningSchedules;
import dev.latchkey.wiring.Stores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Every store port over one database.
public final class JdbcStores {
  private JdbcStores() {}

  public static Stores over(Database database) {
    return new Stores(
        guarded(ClientRegistry.class, new JdbcClients(database)),
        guarded(UserDirectory.class, new JdbcUsers(database)),
        guarded(SignInThrottle.class, new JdbcSignInThrottle(database)),
        guarded(Sessions.class, new JdbcSessions(database)),
        guarded(Transactions.class, new JdbcTransactions(database)),
        guarded(PushedRequests.class, new JdbcPushedRequests(database)),
        guarded(Launches.class, new JdbcLaunches(database)),
        guarded(Codes.class, new JdbcCodes(database)),
        guarded(Families.class, new JdbcFamilies(database)),
        guarded(Cutoffs.class, new JdbcCutoffs(database)),
        guarded(WrappedTokenKeys.class, new JdbcTokenKeys(database)),
        guarded(UsedIdentifiers.class, new JdbcUsedIdentifiers(database)),
        guarded(InitialAccessTokens.class, new JdbcInitialAccessTokens(database)),
        guarded(RequestCounts.class, new JdbcRequestCounts(database)),
        guarded(WrappedKeys.class, new JdbcWrappedKeys(database)),
        guarded(SigningSchedules.class, new JdbcSigningSchedules(database)),
        KeptWindowKeys.none(),
        guarded(SignInHandles.class, new JdbcSignInHandles(database)));
  }

  /// The store, with failures of the database as [Unavailable], so that endpoints answer 503.
  private static <P> P guarded(Class<P> port, P store) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw unavailable(e.getTargetException());
              }
            }));
  }

  private static Throwable unavailable(Throwable failure) {
    return failure instanceof DataAccessException || failure instanceof TransactionException
        ? new Unavailable("The database", failure)
        : failure;
  }
}
