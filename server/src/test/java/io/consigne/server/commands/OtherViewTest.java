package io.consigne.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running host with a /tmp of its own, where a backup is gone when the host is stopped. */
class OtherViewTest {
  private static final String DONE =
      """
      {"done":true,"text":"","key":null,"version":3,"report":{"storeFiles":1,"copiedFiles":1,\
      "segments":1,"bytes":1,"copiedBytes":1,"removedFiles":0,"lost":0}}
      """;

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void backupThatLiesElsewhere_isNone() throws Exception {
    Path backup = Files.createDirectory(home.resolve("backup"));
    Files.writeString(backup.resolve("manifest"), "of the week before");

    assertThat(backUp(backup, () -> {})).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .isEqualTo(
            "consigne: the running host made a backup in "
                + backup
                + ", but sees another directory there than this command: choose one outside of"
                + " /tmp and /home\n");
  }

  @Test
  void backupThatIsSeenHere_isOne() throws Exception {
    Path backup = Files.createDirectory(home.resolve("backup"));

    assertThat(backUp(backup, () -> write(backup.resolve("manifest")))).isEqualTo(0);
    assertThat(out.toString()).startsWith("The backup in " + backup + " is complete: ");
  }

  /** As root does not see what is mounted for another user alone; here a link leads to itself. */
  @Test
  void backupThatCannotBeLookedAt_isOne() throws Exception {
    Path backup = home.resolve("backup");
    Files.createSymbolicLink(backup, backup);

    assertThat(backUp(backup, () -> {})).isEqualTo(0);
    assertThat(err.toString()).isEmpty();
  }

  /** Has a host make it that does something else. */
  private int backUp(Path backup, Runnable instead) throws IOException {
    Path data = Files.createDirectory(home.resolve("data"));
    var address = UnixDomainSocketAddress.of(DataDirectory.adminSocket(data));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(address);
      var _ = threads.submit(() -> answer(listener, instead));
      return new BackupCommand()
          .run(
              new PrintWriter(out, true),
              new PrintWriter(err, true),
              "--data=" + data,
              backup.toString());
    }
  }

  private static boolean answer(ServerSocketChannel listener, Runnable instead) throws IOException {
    try (SocketChannel client = listener.accept()) {
      Channels.newInputStream(client).readAllBytes();
      instead.run();
      client.write(ByteBuffer.wrap(DONE.getBytes(StandardCharsets.UTF_8)));
      return true;
    }
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "new");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
