package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.LinkId;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import io.consigne.core.uploads.Ledger;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever clients do meanwhile, what is on its way is neither taken for damage nor damaged. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class BusyHostTest {
  private static final int ROUNDS = 12;

  private final TestDatabases.Kind kind;
  private final AtomicBoolean enough = new AtomicBoolean();

  @TempDir Path directory;
  @TempDir Path store;
  private UpkeepHost host;

  BusyHostTest(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    host = new UpkeepHost(kind.open(directory), new DiskBlobs(store, new Random(1)));
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void fsckAndScrub_findNothing_andBreakNothing() throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 3; i++) {
        Access access = host.account("user" + i + "@example.org");
        int seed = i;
        running.add(clients.submit(() -> use(access, new Random(seed))));
      }
      running.add(clients.submit(this::collect));
      try {
        for (int round = 0; round < ROUNDS; round++) {
          var faults = new Heard<Fault>();
          host.upkeep.fsck().run(round % 2 == 1, faults);
          assertThat(faults.found).isEmpty();
          var damage = new Heard<Damage>();
          host.scrub(damage);
          assertThat(damage.found).isEmpty();
        }
      } finally {
        enough.set(true);
      }
      assertThat(sum(running)).isGreaterThan(ROUNDS);
    }
    assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
  }

  private static int sum(List<Future<Integer>> running)
      throws InterruptedException, ExecutionException {
    int sum = 0;
    for (Future<Integer> each : running) {
      sum += each.get();
    }
    return sum;
  }

  /** Uploads, the same bytes now and then, moves and removes; returns how often. */
  private int use(Access access, Random random) {
    var links = new ArrayDeque<LinkId>();
    var folder = host.parts.folder(access, "Folder");
    int done = 0;
    while (!enough.get()) {
      int size = random.nextBoolean() ? 200_000 : 1000;
      links.add(host.keep(access, "file", StoredBytes.random(random.nextInt(8), size)));
      if (random.nextBoolean()) {
        host.move(access, links.getLast(), folder);
      }
      if (links.size() > 5) {
        host.remove(access, links.remove());
      }
      done++;
    }
    return done;
  }

  private int collect() {
    int done = 0;
    while (!enough.get()) {
      host.collectLater();
      done++;
    }
    return done;
  }
}
