package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Behind;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The answer of a change is lost, and asked for again the host says that nothing was changed: that
 * it was done is seen, not believed.
 */
class LostChangesTest {
  private final VirtualTiming timing = new VirtualTiming();
  private final Set<String> lost = ConcurrentHashMap.newKeySet();

  @TempDir private Path directory;

  private Fault fault(String path) {
    return lost.remove(path) ? Fault.LOST_ANSWER : Fault.NONE;
  }

  private Client client(URI url, String key) {
    return new Client(
        ClientConfig.of(url, new ApiKey(key))
            .with(Limits.DOCUMENTED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve("state")));
  }

  private static FileLink add(StandIn host, String name) {
    return new FileLink(
        "https://1fichier.com/?" + host.files().add(name, name.getBytes(StandardCharsets.UTF_8)));
  }

  private void requireUnknown(String path, ThrowingCallable change, String said) {
    lost.add(path);
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isInstanceOf(Refusal.Unknown.class))
        .hasMessageContaining(said);
  }

  /** All of it counted as done. */
  @Test
  void whatTheHostPassesOver_isNotToldAsDone() throws IOException {
    try (var host = new StandIn(timing, this::fault);
        var client = client(host.url(), "standin-key-of-alice")) {
      FileLink one = add(host, "one");
      FileLink other = add(host, "passed over");
      FolderId folder = client.folders().make(FolderId.ROOT, "folder");
      host.files().passOver("passed over");
      requireUnknown(
          "/v1/file/rename.cgi",
          () -> client.files().rename(Map.of(other, "b")),
          "renamed 0 of 1 files");
      requireUnknown(
          "/v1/file/rename.cgi",
          () -> client.files().rename(Map.of(one, "a", other, "b")),
          "renamed 1 of 2 files");
      requireUnknown(
          "/v1/file/mv.cgi",
          () -> client.files().move(List.of(one, other), folder),
          "moved 1 of 2 files");
      requireUnknown(
          "/v1/file/chattr.cgi",
          () -> client.files().change(List.of(one, other), FileChange.NONE.describedAs("words")),
          "changed 1 of 2 files");
      assertThat(host.files().tree()).anyMatch(line -> line.startsWith("/folder/a = one"));
    }
  }

  @Test
  void whatIsSeenToBeDone_isDone() throws IOException {
    try (var host = new StandIn(timing, this::fault);
        var client = client(host.url(), "standin-key-of-alice")) {
      List<FileLink> links = List.of(add(host, "one"), add(host, "two"));
      FolderId folder = client.folders().make(FolderId.ROOT, "folder");
      lost.addAll(Set.of("/v1/file/rename.cgi", "/v1/file/mv.cgi", "/v1/file/chattr.cgi"));
      client.files().rename(Map.of(links.getFirst(), "a", links.getLast(), "b"));
      client.files().move(links, folder);
      client.files().change(links, FileChange.NONE.describedAs("words").lockedBy("secret-1"));
      assertThat(lost).isEmpty();
      assertThat(host.seen()).contains("/v1/file/info.cgi");
      assertThat(host.files().tree()).anyMatch(line -> line.startsWith("/folder/b = two"));
    }
  }

  /** A Consigne host says of a folder that it is there under that name already. */
  @Test
  void folderThatIsSeenToBeThere_isMoved() throws IOException {
    var real = new AtomicReference<RealHost>();
    try (var host = new StandIn(timing, this::fault, url -> behind(real, url));
        var client = client(host.url(), real.get().key())) {
      FolderId folder = client.folders().make(FolderId.ROOT, "folder");
      FolderId target = client.folders().make(FolderId.ROOT, "target");
      lost.add("/v1/folder/mv.cgi");
      client.folders().move(folder, target);
      lost.add("/v1/folder/mv.cgi");
      client.folders().rename(folder, "other");
      assertThat(lost).isEmpty();
      assertThat(client.folders().list(target).folders())
          .extracting(Folder::name)
          .containsExactly("other");
    } finally {
      real.get().close();
    }
  }

  /** That was told as refused, though the folder was open to them. */
  @Test
  void guestsInOtherLetters_areSeenToBeThere() throws IOException {
    var standIn = new AtomicReference<StandIn>();
    var shares = new AtomicInteger();
    Function<String, Fault> script =
        path -> {
          if (!path.equals("/v1/folder/share.cgi")) {
            return Fault.NONE;
          }
          if (shares.incrementAndGet() == 1) {
            return Fault.LOST_ANSWER;
          }
          standIn.get().refuse(path, "No changes requested");
          return Fault.NONE;
        };
    try (var host = new StandIn(timing, script);
        var client = client(host.url(), "standin-key-of-alice")) {
      standIn.set(host);
      FolderId folder = client.folders().make(FolderId.ROOT, "folder");
      client.folders().share(folder, List.of(new Folder.Guest("Bob@Example.org", true, false)));
      assertThat(shares).hasValue(2);
    }
  }

  private Behind behind(AtomicReference<RealHost> real, URI url) throws IOException {
    real.set(RealHost.start(directory.resolve("host"), url));
    return new Behind(real.get(), false);
  }
}
