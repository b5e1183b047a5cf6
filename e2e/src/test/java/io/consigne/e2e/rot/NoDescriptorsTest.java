package io.consigne.e2e.rot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.e2e.Api;
import io.consigne.e2e.HostProcess;
import io.consigne.e2e.Launcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that strangers' connections have taken all descriptors from takes no file for damaged. */
class NoDescriptorsTest {
  private static final int DESCRIPTORS = 400;
  private static final List<String> FEW =
      List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$0\" \"$@\"");

  @TempDir Path home;

  @Test
  void contentThatCannotBeOpened_is503_andNoDamage() throws IOException {
    Path data = home.resolve("data");
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    try (HostProcess host =
        HostProcess.startUnder(FEW, data, "--scrub-every=1s", "--scrub-rate=1G")) {
      var api = new Api(host.url(), host.key());
      var served = api.address(Api.link(api.upload("file", content)));
      assertThat(Download.of(served)).isEqualTo(new Download(200, new Bytes(content), true));

      List<Socket> strangers = takeAll(host);
      Download refused = Download.of(served);
      assertThat(refused.status()).isEqualTo(503);
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> host.log().contains("Stored bytes could not be checked"));
      for (Socket stranger : strangers) {
        stranger.close();
      }
      await().atMost(60, TimeUnit.SECONDS).until(() -> descriptors(host) < DESCRIPTORS / 2);

      assertThat(Download.of(served)).isEqualTo(new Download(200, new Bytes(content), true));
      assertThat(Launcher.consigne("scrub", "--anew", "--data=" + data).good())
          .endsWith("No damage is known\n");
      assertThat(host.log())
          .contains("Content could not be read: ", "Too many open files")
          .doesNotContain("amaged");
    }
  }

  /** Connects until the host cannot open anything more. */
  private static List<Socket> takeAll(HostProcess host) throws IOException {
    var sockets = new ArrayList<Socket>();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port());
    while (descriptors(host) < DESCRIPTORS) {
      assertThat(sockets).hasSizeLessThan(2 * DESCRIPTORS);
      var socket = new Socket();
      sockets.add(socket);
      socket.connect(address, 10_000);
    }
    return sockets;
  }

  private static long descriptors(HostProcess host) throws IOException {
    ProcessHandle java = host.process().descendants().findFirst().orElse(host.process().toHandle());
    try (Stream<Path> open = Files.list(Path.of("/proc/" + java.pid() + "/fd"))) {
      return open.count();
    }
  }
}
