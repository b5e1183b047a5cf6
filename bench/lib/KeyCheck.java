import com.sun.management.OperatingSystemMXBean;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Databases;
import io.consigne.core.ids.Caller;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.keys.Keys;
import io.consigne.core.limits.Calls;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.LimitTable;
import io.consigne.core.limits.MemoryBuckets;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds a key and charges its limits again and again, as the host does it: on virtual threads, of
 * which 16 ask at once. Argument: a new directory. Prints the microseconds of processor time, of
 * all threads, of one check and of one charge.
 */
final class KeyCheck {
  private static final int THREADS = 16;
  private static final int CALLS = 10_000;
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.7");

  private KeyCheck() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    var clock = InstantSource.system();
    try (var database = Databases.sqlite(folder.resolve("consigne.db"))) {
      var keys = new Keys(database, clock, new SecureRandom());
      var account = new Accounts(database, clock).add("alice@example.org", Plan.GOLD, null);
      ApiKey key = keys.regenerate(account.id());
      var caller = new Caller(ADDRESS, "");
      Access access = keys.open(key, caller).orElseThrow();
      Runnable check = () -> keys.open(key, caller).orElseThrow();
      // A minute goes by with each charge, so that none is refused.
      var minutes = new AtomicLong();
      var policy =
          new LimitPolicy(LimitTable.DEFAULT, null, () -> minutes.addAndGet(60_000_000_000L));
      var calls = new Calls(policy, new MemoryBuckets(policy.nanoTime()), clock);
      Runnable charge = () -> calls.call(access, ADDRESS).require();
      for (int i = 0; i < 5; i++) {
        micros(check);
        micros(charge);
      }
      System.out.printf("%.2f %.2f%n", micros(check), micros(charge));
    }
  }

  private static double micros(Runnable call) throws Exception {
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = machine.getProcessCpuTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < THREADS; thread++) {
        threads.submit(() -> {
          for (int i = 0; i < CALLS; i++) {
            call.run();
          }
        });
      }
    }
    return (machine.getProcessCpuTime() - before) / 1e3 / THREADS / CALLS;
  }
}
