package io.consigne.e2e.rot;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.e2e.Api;
import io.consigne.e2e.HostProcess;
import io.consigne.e2e.MultipartForm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts with less memory than usual, in the heap or outside. Without any outside, the thread that
 * accepts connections once died, and the host lived on and answered nobody.
 */
class LittleMemoryTest {
  private static final int CONNECTIONS = 450;
  private static final int PATIENCE_MILLIS = 60_000;

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
    try {
      List<Socket> sockets = connections(host);
      assertThat(host.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      for (Socket socket : sockets) {
        socket.close();
      }
    } finally {
      host.kill();
    }
    assertThat(host.process().exitValue()).isEqualTo(3);
    assertThat(host.log()).contains(" has died\n", "OutOfMemoryError");
  }

  /** Many, or as many as there are until nobody listens any more. */
  private static List<Socket> connections(HostProcess host) {
    var sockets = new ArrayList<Socket>();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port());
    for (int i = 0; i < CONNECTIONS; i++) {
      var socket = new Socket();
      sockets.add(socket);
      try {
        socket.connect(address, 10_000);
      } catch (IOException e) {
        break;
      }
    }
    return sockets;
  }

  /** They were all kept, and nobody had looked for the key yet: strangers ended the host. */
  @Test
  void fieldsOfStrangers_areNotKept() throws IOException {
    try (HostProcess host = startWith("-Xmx96m")) {
      String field =
          "--edge\r\nContent-Disposition: form-data; name=\"%d\"\r\n\r\n"
              + "x".repeat(16_000)
              + "\r\n";
      var sockets = new ArrayList<Socket>();
      for (int i = 0; i < 60; i++) {
        Socket socket = connected(host);
        sockets.add(socket);
        OutputStream out = socket.getOutputStream();
        out.write(
            """
            POST /upload/upload.cgi HTTP/1.1\r
            Host: files.example.org\r
            Content-Type: multipart/form-data; boundary=edge\r
            Content-Length: 20000000\r
            \r
            """
                .getBytes(StandardCharsets.US_ASCII));
        for (int j = 0; j < 200; j++) {
          out.write(field.formatted(j).getBytes(StandardCharsets.US_ASCII));
        }
      }
      assertThat(new Api(host.url(), host.key()).post("user/info.cgi", "{}").statusCode())
          .isEqualTo(200);
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Each held two pages of files and the whole of its request until it was taken. */
  @Test
  void listingsThatNobodyTakes_leaveRoomForOthers() throws IOException {
    try (HostProcess host = startWith("-Xmx160m")) {
      var api = new Api(host.url(), host.key());
      for (int i = 0; i < 10; i++) {
        var form = new MultipartForm();
        for (int j = 0; j < 500; j++) {
          form.file("\u20ac".repeat(200) + "-" + i + "-" + j, new byte[0]);
        }
        assertThat(api.upload(form).statusCode()).isEqualTo(200);
      }
      var sockets = new ArrayList<Socket>();
      for (int i = 0; i < 200; i++) {
        Socket socket = connected(host);
        sockets.add(socket);
        socket
            .getOutputStream()
            .write(
                """
                POST /v1/file/ls.cgi HTTP/1.1\r
                Host: files.example.org\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: 2\r
                \r
                {}\
                """
                    .formatted(host.key())
                    .getBytes(StandardCharsets.US_ASCII));
      }
      for (int i = 0; i < 32; i++) {
        assertThat(sockets.get(i).getInputStream().read()).isEqualTo('H');
      }
      assertThat(host.process().isAlive()).as(host.log()).isTrue();
      URLConnection page = URI.create(host.url() + "/").toURL().openConnection();
      page.setReadTimeout(PATIENCE_MILLIS);
      assertThat(page.getInputStream().readAllBytes()).isNotEmpty();
      for (Socket socket : sockets) {
        socket.close();
      }
      assertThat(api.post("user/info.cgi", "{}").statusCode()).isEqualTo(200);
    }
  }

  private static Socket connected(HostProcess host) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port()), 10_000);
    return socket;
  }

  private HostProcess start(String directMemory) {
    return startWith("-XX:MaxDirectMemorySize=" + directMemory);
  }

  private HostProcess startWith(String memory) {
    String options = "CONSIGNE_JAVA_OPTS=" + memory;
    return HostProcess.startUnder(List.of("env", options), home.resolve("data"));
  }
}
