package io.consigne.client.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FolderId;
import io.consigne.client.transfer.OpenUpload;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Uploads of processes that live, in whatever container, are theirs; of those that died, nobody's.
 */
class HoldersTest extends OneCache {
  private static final OpenUpload UPLOAD =
      new OpenUpload(
          FolderId.ROOT,
          "host:1",
          "id",
          List.of(new OpenUpload.Item("a", 1, NOW, Checksums.NONE)),
          Set.of());

  /** What makes a process one of another container, if this system lets everybody do so. */
  private static final List<String> ELSEWHERE =
      List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child");

  /** Opens an upload, says so, and goes on until its standard input ends. */
  static final class Sender {
    private Sender() {}

    /** Sends into the cache that is named. */
    public static void main(String[] arguments) throws IOException {
      try (var file = new CacheFile(Path.of(arguments[0]))) {
        new OpenUploads(file).keep(UPLOAD, NOW);
        System.out.println("sent");
        var _ = System.in.read();
      }
    }
  }

  /** Containers with one cache took each other's uploads for those of dead processes. */
  @Test
  void uploadOfAProcessElsewhere_isLeftAloneUntilItEnds() throws Exception {
    endsWithItsProcess(() -> new CacheFile(path()));
  }

  /** A program that has another version of the cache goes on with what it sends. */
  @Test
  void uploadOfAnEarlierProgram_isLeftAloneUntilItEnds() throws Exception {
    endsWithItsProcess(
        () -> new CacheFile(CachePlace.of(directory, "cache", List.of()), () -> false));
  }

  private void endsWithItsProcess(Supplier<CacheFile> cache) throws Exception {
    Process sender = sender();
    try (BufferedReader said = sender.inputReader();
        var file = cache.get()) {
      assertThat(said.readLine()).isEqualTo("sent");
      var uploads = new OpenUploads(file);
      assertThat(uploads.left("", NOW)).isEmpty();
      kill(sender);
      assertThat(said.readLine()).isNull();
      assertThat(uploads.left("", NOW)).hasSize(1);
    } finally {
      sender.destroyForcibly();
    }
  }

  /** As {@link Process#destroyForcibly} does it, which closes what is read of it, too. */
  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }

  private Process sender() throws IOException, InterruptedException {
    var probe = new ArrayList<>(ELSEWHERE);
    probe.add("true");
    var command = new ArrayList<String>();
    if (isDone(probe)) {
      command.addAll(ELSEWHERE);
    }
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Sender.class.getName(),
            path().toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static boolean isDone(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** One that closes its cache keeps the locks of the others of its process. */
  @Test
  void twoOfOneProcess_shareANumber_untilBothAreClosed() throws IOException {
    var other = new CacheFile(path());
    var one = new Holders(path().resolveSibling("cache.db.holders"));
    long number = one.self();
    assertThat(other.holder()).isEqualTo(number);
    one.close();
    assertThat(other.isHeld(number)).isTrue();
    other.close();
    assertThat(other.isHeld(number)).isFalse();
  }

  @Test
  void numberThatNobodyHas_isNotHeld() throws IOException {
    try (var file = new CacheFile(path())) {
      assertThat(file.isHeld(Holders.NOBODY)).isFalse();
      assertThat(file.isHeld(4_711)).isFalse();
      assertThat(file.isHeld(file.holder())).isTrue();
    }
  }
}
