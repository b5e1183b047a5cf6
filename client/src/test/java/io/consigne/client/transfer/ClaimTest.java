package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.split.SplitDownload;
import io.consigne.client.split.SplitUpload;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second download of a file within a process is refused, and the first goes on to have the file
 * alone: the lock was lost, and other processes wrote to what it was writing.
 */
class ClaimTest {
  @TempDir private Path directory;

  private Client client(StandIn host) {
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(Limits.ANNOUNCED)
            .stateIn(directory.resolve("state")));
  }

  /** A download, by which somebody is told of its progress. */
  @FunctionalInterface
  private interface Download {
    void run(Progress progress) throws IOException;
  }

  /** What another process says of a lock while a download is under way and a second is refused. */
  private static List<String> meanwhile(Download download, Path locked, Path target)
      throws IOException {
    var told = new ArrayList<String>();
    download.run(event -> {
      if (event instanceof TransferEvent.Moved && told.isEmpty()) {
        assertThatThrownBy(() -> download.run(Progress.UNSEEN))
            .isInstanceOf(IOException.class)
            .hasMessage("another download of it is under way: " + target);
        told.add(elsewhere(locked));
      }
    });
    return told;
  }

  private static String elsewhere(Path file) {
    try {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Other.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void file_isFetchedByOneAlone() throws IOException {
    Path target = directory.resolve("a.bin");
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("a.bin", new byte[100_000]);
      RemoteFile file = client.folders().list(FolderId.ROOT).files().getFirst();
      Download download =
          progress ->
              client
                  .downloads()
                  .fetch(DownloadSource.of(file), target, Downloads.IfExists.FAIL, progress);
      assertThat(meanwhile(download, directory.resolve("a.bin.part.state"), target))
          .containsExactly("locked");
    }
    assertThat(target).hasBinaryContent(new byte[100_000]);
  }

  @Test
  void fileInParts_isFetchedByOneAlone() throws IOException {
    Path sent = Files.write(directory.resolve("sent"), new byte[100_000]);
    Path target = directory.resolve("a.bin");
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
        var client = client(host)) {
      FolderId folder = client.folders().make(FolderId.ROOT, "a.bin.split");
      String mark =
          new SplitUpload(client, Progress.UNSEEN).send(sent, 60_000, folder, List.of()).mark();
      SplitDownload parts =
          SplitDownload.of(client, client.folders().list(folder).files()).orElseThrow();
      Download download = progress -> parts.fetch(target, Downloads.IfExists.REPLACE, progress);
      assertThat(meanwhile(download, directory.resolve("a.bin.joined-" + mark), target))
          .containsExactly("locked");
    }
    assertThat(target).hasBinaryContent(new byte[100_000]);
  }

  /** Two processes had the lock of a file of that name each, and wrote to one part. */
  @Test
  void fileThatAnotherHasMadeAnew_isNotTheOneThatWasLocked() throws IOException {
    Path target = directory.resolve("a.bin");
    Path file = Files.createFile(directory.resolve("a.bin.part.state"));
    try (var claim = Claim.of(target, file);
        FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Files.delete(file);
      Files.createFile(file);
      assertThatThrownBy(() -> claim.lock(open))
          .hasMessage("another download of it is under way: " + target);
    }
  }

  /** The same, where there was none when the target was claimed. */
  @Test
  void fileThatWasMadeAndReplaced_isNotTheOneThatWasLocked() throws IOException {
    Path target = directory.resolve("a.bin");
    Path file = directory.resolve("a.bin.part.state");
    try (var claim = Claim.of(target, file);
        FileChannel open =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Files.delete(file);
      Files.createFile(file);
      assertThatThrownBy(() -> claim.lock(open))
          .hasMessage("another download of it is under way: " + target);
    }
  }

  /** Another process, which tells whether a file is locked. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws IOException {
      try (FileChannel open = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
        System.out.print(open.tryLock() == null ? "locked" : "free");
      }
    }
  }
}
