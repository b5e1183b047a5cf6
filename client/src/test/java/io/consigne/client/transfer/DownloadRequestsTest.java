package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight files of four ranges each were 32 requests at once: the host shut the client out. */
final class DownloadRequestsTest {
  private static final int FILES = 8;
  private static final int RANGE = 1_000;
  private static final int MOST = 10;

  @TempDir private Path directory;
  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch most = new CountDownLatch(MOST);
  private final CountDownLatch tooMany = new CountDownLatch(MOST + 1);

  @Test
  void filesAndTheirRanges_shareTheRequestsOfTheClient() throws IOException {
    var limits = new TransferLimits(500, 1, 1, 4, MOST, RANGE, Long.MAX_VALUE);
    try (var host = new StandIn(Timing.SYSTEM, this::hold);
        var client =
            new Client(
                ClientConfig.of(host.url(), new ApiKey("key")).stateIn(directory).with(limits))) {
      List<Callable<Path>> files = new ArrayList<>();
      for (int i = 0; i < FILES; i++) {
        String name = "file" + i;
        String id = host.files().add(name, new byte[4 * RANGE]);
        files.add(() -> fetch(client, id, directory.resolve(name)));
      }
      for (Path file : Together.run(files, FILES)) {
        assertThat(file).hasSize(4 * RANGE);
      }
      assertThat(host.mostDownloads()).isEqualTo(MOST);
      assertThat(host.failures()).isEmpty();
    }
  }

  /** The first are answered when as many are under way as may be, and there is time for another. */
  private Fault hold(String path) {
    try {
      if (path.startsWith("/p")) {
        most.countDown();
        tooMany.countDown();
        if (begun.incrementAndGet() <= MOST) {
          assertThat(most.await(30, TimeUnit.SECONDS)).isTrue();
          assertThat(tooMany.await(500, TimeUnit.MILLISECONDS)).as("more than may be").isFalse();
        }
      }
      return Fault.NONE;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Path fetch(Client client, String id, Path target) throws IOException {
    var link = new FileLink("https://1fichier.com/?" + id);
    var source = new DownloadSource(link, 4 * RANGE, Checksums.NONE, null, null);
    client.downloads().fetch(source, target, Downloads.IfExists.FAIL, Progress.UNSEEN);
    return target;
  }

  @Test
  void requestsAtOnce_areNeverMultiplied() {
    assertThat(TransferLimits.DEFAULT.parallel()).isEqualTo(4);
    assertThat(TransferLimits.DEFAULT.downloads()).isEqualTo(MOST);
    assertThat(TransferLimits.DEFAULT.atOnce(3).parallel()).isEqualTo(3);
    assertThat(TransferLimits.DEFAULT.atOnce(3).downloads()).isEqualTo(3);
  }
}
