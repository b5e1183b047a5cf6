package io.consigne.client.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of an earlier try, at a host whose listings have no SHA-256. */
class SplitUploadTest {
  private static final int PART = 5;

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  private Client client(StandIn host) {
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(Limits.ANNOUNCED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve("state")));
  }

  /** It was taken for the new one, since it has the same name and size. */
  @Test
  void partOfOtherBytes_isRemovedBeforeTheManifestIsStored() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "new 1same 2");
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      FolderId folder = client.folders().make(FolderId.ROOT, "file.split");
      var earlier =
          List.of(source("0001", "old 1"), source("0002", "same "), source("notes", "kept"));
      client.uploads().send(folder, earlier, Progress.UNSEEN);
      List<RemoteFile> there = client.folders().list(folder).files();
      Manifest manifest = new SplitUpload(client, Progress.UNSEEN).send(file, PART, folder, there);
      assertThat(host.files().contents())
          .isEqualTo(
              Map.of(
                  "0001", List.of("new 1"),
                  "0002", List.of("same "),
                  "0003", List.of("2"),
                  "manifest", List.of(manifest.text()),
                  "notes", List.of("kept")));
      SplitDownload parts =
          SplitDownload.of(client, client.folders().list(folder).files()).orElseThrow();
      Path copy = directory.resolve("copy");
      parts.fetch(copy, Downloads.IfExists.FAIL, Progress.UNSEEN);
      assertThat(copy).hasContent("new 1same 2");
    }
  }

  /** Its parts were removed, and there were two manifests. */
  @Test
  void wholeFile_staysAsItIs() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "new 1same 2");
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      FolderId folder = client.folders().make(FolderId.ROOT, "file.split");
      var upload = new SplitUpload(client, Progress.UNSEEN);
      upload.send(file, PART, folder, List.of());
      Map<String, List<String>> before = host.files().contents();
      List<RemoteFile> there = client.folders().list(folder).files();
      Files.writeString(file, "other bytes");
      assertThatThrownBy(() -> upload.send(file, PART, folder, there))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a whole file in parts is in the folder of " + file);
      assertThat(host.files().contents()).isEqualTo(before);
    }
  }

  @Test
  void linkInTheWayOfWhatIsJoined_isNotFollowed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "new 1same 2");
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      FolderId folder = client.folders().make(FolderId.ROOT, "file.split");
      Manifest manifest =
          new SplitUpload(client, Progress.UNSEEN).send(file, PART, folder, List.of());
      SplitDownload parts =
          SplitDownload.of(client, client.folders().list(folder).files()).orElseThrow();
      Path other = Files.writeString(directory.resolve("other"), "precious");
      Path copy = directory.resolve("copy");
      Files.createSymbolicLink(
          copy.resolveSibling("copy.joined-" + manifest.mark()), other.getFileName());
      assertThatThrownBy(() -> parts.fetch(copy, Downloads.IfExists.FAIL, Progress.UNSEEN))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith(": this program did not make it; move it away");
      assertThat(other).hasContent("precious");
      assertThat(copy).doesNotExist();
    }
  }

  private static UploadSource source(String name, String text) {
    return UploadSource.of(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
