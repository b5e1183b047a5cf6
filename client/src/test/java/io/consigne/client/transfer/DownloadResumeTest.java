package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A download that was stopped goes on, and ends with the right bytes or none. */
class DownloadResumeTest {
  private static final int RANGE = 100_000;

  private final VirtualTiming timing = new VirtualTiming();
  private final byte[] bytes = new byte[1_000_000];

  @TempDir private Path directory;

  DownloadResumeTest() {
    new Random(5).nextBytes(bytes);
  }

  private Client client(StandIn host) {
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(Limits.ANNOUNCED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .with(new TransferLimits(500, 8 << 20, 256 << 20, 1, 1, RANGE, Long.MAX_VALUE))
            .stateIn(directory.resolve("state")));
  }

  private static DownloadSource source(Client client) throws IOException {
    RemoteFile file = client.folders().list(FolderId.ROOT).files().getFirst();
    return DownloadSource.of(file);
  }

  private Path target() {
    return directory.resolve("large.bin");
  }

  /** As a process that ends in the middle: nothing after the throw is told to anybody. */
  private static Progress endingAfter(long most) {
    var left = new AtomicLong(most);
    return event -> {
      if (event instanceof TransferEvent.Moved(TransferFile _, long moved)
          && left.addAndGet(-moved) < 0) {
        throw new IllegalStateException("killed");
      }
    };
  }

  /** With {@code .part.state} behind it no file system takes it: the file was there for nobody. */
  @Test
  void longName_isFetched_andGoneOnWith() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      Downloads downloads = client.downloads();
      Path folder = Files.createDirectory(directory.resolve("long"));
      Path target = folder.resolve("é".repeat(127));
      assertThatThrownBy(() ->
              downloads.fetch(
                  source(client), target, Downloads.IfExists.FAIL, endingAfter(250_000)))
          .hasMessage("killed");
      List<String> beside = Downloads.namesBeside("long/" + target.getFileName());
      assertThat(folder)
          .isDirectoryContaining(file -> beside.getFirst().equals("long/" + file.getFileName()))
          .isDirectoryContaining(file -> beside.getLast().equals("long/" + file.getFileName()));
      var moved = new AtomicLong();
      downloads.fetch(
          source(client),
          target,
          Downloads.IfExists.FAIL,
          event -> {
            if (event instanceof TransferEvent.Moved(TransferFile _, long some)) {
              moved.addAndGet(some);
            }
          });
      assertThat(target).hasBinaryContent(bytes);
      assertThat(moved.get()).isLessThan(bytes.length);
      assertThat(folder.toFile().list()).hasSize(1);
    }
  }

  @Test
  void stopped_goesOn_andFetchesLittleTwice() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      DownloadSource source = source(client);
      Downloads downloads = client.downloads();
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() ->
                downloads.fetch(source, target(), Downloads.IfExists.FAIL, endingAfter(250_000)))
            .hasMessage("killed");
        assertThat(target()).doesNotExist();
      }
      var moved = new AtomicLong();
      var begun = new AtomicReference<TransferEvent.Begun>();
      downloads.fetch(
          source,
          target(),
          Downloads.IfExists.FAIL,
          event -> {
            switch (event) {
              case TransferEvent.Begun b -> begun.set(b);
              case TransferEvent.Moved(TransferFile _, long some) -> moved.addAndGet(some);
              default -> {}
            }
          });
      assertThat(target()).hasBinaryContent(bytes);
      // Three times two whole ranges were kept.
      assertThat(begun.get().doneBytes()).isEqualTo(600_000);
      assertThat(moved).hasValue(400_000);
      assertThat(directory.resolve("large.bin.part")).doesNotExist();
      assertThat(directory.resolve("large.bin.part.state")).doesNotExist();
    }
  }

  @Test
  void partOfOtherBytes_isFetchedAnew() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      DownloadSource source = source(client);
      assertThatThrownBy(() ->
          client
              .downloads()
              .fetch(source, target(), Downloads.IfExists.FAIL, endingAfter(250_000)));
      try (var part =
          FileChannel.open(directory.resolve("large.bin.part"), StandardOpenOption.WRITE)) {
        part.write(ByteBuffer.wrap(new byte[1_000]), 5_000);
      }
      client.downloads().fetch(source, target(), Downloads.IfExists.FAIL, Progress.UNSEEN);
      assertThat(target()).hasBinaryContent(bytes);
    }
  }

  /** An empty part and its state stayed, and nobody came for them. */
  @Test
  void refused_leavesNothing() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      DownloadSource source = source(client);
      client.files().remove(List.of(source.link()));
      assertThatThrownBy(() ->
              client.downloads().fetch(source, target(), Downloads.IfExists.FAIL, Progress.UNSEEN))
          .isInstanceOf(RefusedException.class);
      assertThat(directory).isDirectoryNotContaining("glob:**large.bin*");
    }
  }

  private void isRefused(Client client, String inTheWay) throws IOException {
    DownloadSource source = source(client);
    assertThatThrownBy(() ->
            client.downloads().fetch(source, target(), Downloads.IfExists.REPLACE, Progress.UNSEEN))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(directory.resolve(inTheWay) + ": this program did not make it; move it away");
    assertThat(target()).doesNotExist();
  }

  /** They were emptied, and renamed or removed in the end. */
  @Test
  void filesOfOthers_withTheNamesOfPartAndState_areRefusedAndStay() throws IOException {
    Path part = directory.resolve("large.bin.part");
    Path state = directory.resolve("large.bin.part.state");
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      Files.writeString(part, "of another program");
      isRefused(client, "large.bin.part");
      assertThat(state).doesNotExist();
      Files.createFile(state);
      isRefused(client, "large.bin.part");
      assertThat(part).hasContent("of another program");
      Files.writeString(state, "a page of notes");
      isRefused(client, "large.bin.part.state");
      Files.delete(part);
      isRefused(client, "large.bin.part.state");
      assertThat(state).hasContent("a page of notes");
      Files.delete(state);
      Files.createDirectory(state);
      isRefused(client, "large.bin.part.state");
    }
  }

  @Test
  void symbolicLinks_withTheNamesOfPartAndState_areNotFollowed() throws IOException {
    Path part = directory.resolve("large.bin.part");
    Path state = directory.resolve("large.bin.part.state");
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "precious");
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      Files.createSymbolicLink(part, elsewhere);
      isRefused(client, "large.bin.part");
      Files.writeString(state, Ranges.fresh(source(client), RANGE).text(source(client)));
      isRefused(client, "large.bin.part");
      Files.delete(part);
      Files.delete(state);
      Files.createSymbolicLink(state, directory.resolve("none"));
      isRefused(client, "large.bin.part.state");
      assertThat(elsewhere).hasContent("precious");
      assertThat(directory.resolve("none")).doesNotExist();
    }
  }

  @Test
  void endedBeforeTheFirstState_isBegunAgain() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      Files.createFile(directory.resolve("large.bin.part.state"));
      Files.createFile(directory.resolve("large.bin.part"));
      client.downloads().fetch(source(client), target(), Downloads.IfExists.FAIL, Progress.UNSEEN);
      assertThat(target()).hasBinaryContent(bytes);
    }
  }

  /** The file has both names then. */
  @Test
  void endedBetweenNameAndRemoval_leavesNothingThatIsInTheWay() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      DownloadSource source = source(client);
      Files.write(directory.resolve("large.bin.part"), bytes);
      Files.createLink(target(), directory.resolve("large.bin.part"));
      Ranges all = Ranges.fresh(source, RANGE);
      for (int range = 0; range < all.count(); range++) {
        all.done(range, all.length(range));
      }
      Files.writeString(directory.resolve("large.bin.part.state"), all.text(source));
      client.downloads().fetch(source, target(), Downloads.IfExists.REPLACE, Progress.UNSEEN);
      assertThat(target()).hasBinaryContent(bytes);
      assertThat(directory.resolve("large.bin.part")).doesNotExist();
      assertThat(directory.resolve("large.bin.part.state")).doesNotExist();
    }
  }

  @Test
  void wrongBytesOfTheHost_neverGetTheName() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      DownloadSource right = source(client);
      var wrong =
          new DownloadSource(
              right.link(),
              right.sizeBytes(),
              new io.consigne.client.model.Checksums("0".repeat(128), null),
              null,
              null);
      assertThatThrownBy(() ->
              client.downloads().fetch(wrong, target(), Downloads.IfExists.FAIL, Progress.UNSEEN))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isInstanceOf(Refusal.Damaged.class));
      try (var left = Files.list(directory)) {
        assertThat(left.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  @Test
  void existingFile_isNotReplaced_unlessAsked() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      Files.writeString(target(), "old");
      DownloadSource source = source(client);
      assertThatThrownBy(() ->
              client.downloads().fetch(source, target(), Downloads.IfExists.FAIL, Progress.UNSEEN))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(target()).hasContent("old");
      client.downloads().fetch(source, target(), Downloads.IfExists.REPLACE, Progress.UNSEEN);
      assertThat(target()).hasBinaryContent(bytes);
    }
  }

  @Test
  void token_isUsedAgain_andRenewedWhenItIsOld() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().add("large.bin", bytes);
      DownloadSource source = source(client);
      client
          .downloads()
          .fetch(
              source,
              target(),
              Downloads.IfExists.FAIL,
              event -> timing.sleep(Duration.ofMinutes(1)));
      long tokens = host.seen().stream().filter(path -> path.endsWith("get_token.cgi")).count();
      assertThat(tokens).isBetween(1L, 4L);
      assertThat(target()).hasBinaryContent(bytes);
    }
  }

  @Test
  void permanentRefusal_isNotRepeated() throws IOException {
    Function<String, Fault> none = _ -> Fault.NONE;
    try (var host = new StandIn(timing, none);
        var client = client(host)) {
      String id = host.files().add("large.bin", bytes);
      DownloadSource source = source(client);
      client.files().remove(java.util.List.of(source.link()));
      assertThat(id).isNotEmpty();
      assertThatThrownBy(() ->
              client.downloads().fetch(source, target(), Downloads.IfExists.FAIL, Progress.UNSEEN))
          .hasMessage("Resource not found #469");
      assertThat(host.seen().stream().filter(path -> path.endsWith("get_token.cgi"))).hasSize(1);
    }
  }
}
