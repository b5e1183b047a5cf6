package io.consigne.client.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a download of parts finds of an earlier one. */
class SplitDownloadTest {
  private static final int PART = 60_000;

  @TempDir private Path directory;

  /** A run that was killed while it added a piece left it; all of it was fetched once more. */
  @Test
  void pieceThatIsWhole_isNotFetchedAgain() throws IOException {
    var bytes = new byte[100_000];
    Arrays.fill(bytes, (byte) 1);
    Path sent = Files.write(directory.resolve("sent"), bytes);
    Path target = Files.createDirectory(directory.resolve("folder")).resolve("a.bin");
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
        var client = client(host)) {
      FolderId remote = client.folders().make(FolderId.ROOT, "a.bin.split");
      Manifest manifest =
          new SplitUpload(client, Progress.UNSEEN).send(sent, PART, remote, List.of());
      Path joined = target.resolveSibling("a.bin.joined-" + manifest.mark());
      Files.write(joined, Arrays.copyOf(bytes, 100));
      Files.write(
          target.resolveSibling(joined.getFileName() + "." + PART), Arrays.copyOf(bytes, PART));
      SplitDownload parts =
          SplitDownload.of(client, client.folders().list(remote).files()).orElseThrow();
      long before = host.seen("/v1/download/get_token.cgi");
      parts.fetch(target, Downloads.IfExists.FAIL, Progress.UNSEEN);
      assertThat(host.seen("/v1/download/get_token.cgi") - before).as("the second").isEqualTo(1);
    }
    assertThat(target).hasBinaryContent(bytes);
    assertThat(directory.resolve("folder").toFile().list()).containsExactly("a.bin");
  }

  private Client client(StandIn host) {
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(Limits.ANNOUNCED)
            .stateIn(directory.resolve("state")));
  }

  /** A power cut may leave a length, and none of its bytes: they were taken for the part. */
  @Test
  void partWhosePieceIsThere_isJoinedAgain() throws IOException {
    var bytes = new byte[100_000];
    Arrays.fill(bytes, (byte) 1);
    Path sent = Files.write(directory.resolve("sent"), bytes);
    Path folder = Files.createDirectory(directory.resolve("folder"));
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
        var client = client(host)) {
      FolderId remote = client.folders().make(FolderId.ROOT, "a.bin.split");
      Manifest manifest =
          new SplitUpload(client, Progress.UNSEEN).send(sent, PART, remote, List.of());
      String joined = "a.bin.joined-" + manifest.mark();
      Files.write(folder.resolve(joined), new byte[PART]);
      Files.write(folder.resolve(joined + "." + PART), new byte[PART]);
      SplitDownload.of(client, client.folders().list(remote).files())
          .orElseThrow()
          .fetch(folder.resolve("a.bin"), Downloads.IfExists.FAIL, Progress.UNSEEN);
    }
    assertThat(folder.resolve("a.bin")).hasBinaryContent(bytes);
    assertThat(folder.toFile().list()).containsExactly("a.bin");
  }
}
