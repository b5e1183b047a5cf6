package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each file of an account without room was sent, and refused. */
final class RefusedUploadsTest {
  private static final int FILES = 12;

  @TempDir private Path directory;

  @Test
  void fiveAlikeInARow_endASend() throws IOException {
    var limits = new TransferLimits(1, 1, 1, 1, 1, 1, Long.MAX_VALUE);
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
        var client =
            new Client(
                ClientConfig.of(host.url(), new ApiKey("key")).stateIn(directory).with(limits))) {
      host.refuse("/upload.cgi", "Storage quota exceeded: 9 bytes needed");
      List<UploadSource> sources =
          IntStream.range(0, FILES)
              .mapToObj(i -> UploadSource.of("file" + i, new byte[] {1, 2}))
              .toList();
      List<UploadResult> results = client.uploads().send(FolderId.ROOT, sources, Progress.UNSEEN);
      assertThat(host.seen("/upload.cgi")).isEqualTo(Breaker.ALIKE);
      assertThat(results)
          .filteredOn(UploadResult.NotTried.class::isInstance)
          .hasSize(FILES - Breaker.ALIKE)
          .allSatisfy(result ->
              assertThat(((UploadResult.NotTried) result).refusal().said().text())
                  .isEqualTo("Storage quota exceeded: 9 bytes needed"));
      assertThat(host.failures()).isEmpty();
    }
  }
}
