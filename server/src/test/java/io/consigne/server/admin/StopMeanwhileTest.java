package io.consigne.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.upkeep.HostFiles;
import io.consigne.server.DataDirectory;
import io.consigne.server.Host;
import io.consigne.server.OfflineHost;
import io.consigne.server.UsualChoices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that is stopped while it does what the operator asked for. */
@Timeout(20)
class StopMeanwhileTest {
  private static final String ALICE = "alice@example.org";

  @TempDir private Path folder;

  /** The stop waited half a minute for it, three times as long as a container is waited for. */
  @Test
  void deletionOfAnAccount_isLeftToTheNextStart_andSaysSo() throws Exception {
    Path data = folder.resolve("host");
    Path path = folder.resolve("sock");
    Databases.sqlite(new HostFiles(Files.createDirectory(data)).database()).close();
    try (Database database = Databases.sqlite(folder.resolve("consigne.db"));
        var directory = DataDirectory.lock(data).orElseThrow();
        var offline = new OfflineHost(directory, UsualChoices.storage(data));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var endless = new EndlessDatabase(database)) {
      new Accounts(database, InstantSource.system()).add(ALICE, Plan.PREMIUM, null);
      var socket = AdminSocket.listen(path, Host.administration(endless), offline.requests());
      var asked = threads.submit(() -> AdminSocket.ask(path, new AccountRequest.Delete(ALICE)));
      endless.hidden.await();
      socket.close();
      assertThat(asked.get())
          .contains(
              new AdminAnswer(
                  true,
                  "alice@example.org is deleted; the rest of its files is removed when the host is"
                      + " started again"));
    }
  }

  /** There is more of the account that is removed until this is closed. */
  private static final class EndlessDatabase implements Database {
    private final Database inner;
    private final CountDownLatch hidden = new CountDownLatch(1);
    private volatile boolean ended;

    EndlessDatabase(Database inner) {
      this.inner = inner;
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      return inner.read(work);
    }

    @Override
    @SuppressWarnings("unchecked") // what tells whether there is more is a Boolean
    public <T extends @Nullable Object> T write(Work<T> work) {
      T done = inner.write(work);
      if (done instanceof Boolean && !ended) {
        hidden.countDown();
        return (T) Boolean.TRUE;
      }
      return done;
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
