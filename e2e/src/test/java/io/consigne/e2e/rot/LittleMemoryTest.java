package io.consigne.e2e.rot;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.e2e.Api;
import io.consigne.e2e.HostProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts with less memory outside the heap than usual. Without any, the thread that accepts
 * connections once died, and the host lived on and answered nobody.
 */
class LittleMemoryTest {
  private static final int CONNECTIONS = 450;

  @TempDir Path home;

  /** 105 MiB would do; with a large buffer each, these downloads took 141. */
  @Test
  void manySlowDownloads_leaveRoomForTheNextConnection() throws IOException {
    try (HostProcess host = start("128m")) {
      var api = new Api(host.url(), host.key());
      byte[] content = new byte[5_000_000];
      new Random(1).nextBytes(content);
      String address = api.address(Api.link(api.upload("file", content)));
      var slow = new ArrayList<SlowDownload>();
      for (int i = 0; i < CONNECTIONS; i++) {
        slow.add(SlowDownload.begin(address));
      }
      assertThat(Download.of(address)).isEqualTo(new Download(200, new Bytes(content), true));
      assertThat(slow.getLast().readToTheEnd()).isEqualTo(content);
      for (SlowDownload download : slow) {
        download.close();
      }
    }
  }

  @Test
  void hostWithoutMemory_ends_soThatItCanBeStartedAgain() throws Exception {
    HostProcess host = start("8m");
    var sockets = new ArrayList<Socket>();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port());
    for (int i = 0; i < CONNECTIONS; i++) {
      var socket = new Socket();
      sockets.add(socket);
      try {
        socket.connect(address, 10_000);
      } catch (IOException e) {
        break; // nobody listens any more
      }
    }
    assertThat(host.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(host.process().exitValue()).isEqualTo(3);
    assertThat(host.log()).contains(" has died\n", "OutOfMemoryError");
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private HostProcess start(String directMemory) {
    String options = "CONSIGNE_JAVA_OPTS=-XX:MaxDirectMemorySize=" + directMemory;
    return HostProcess.startUnder(List.of("env", options), home.resolve("data"));
  }
}
