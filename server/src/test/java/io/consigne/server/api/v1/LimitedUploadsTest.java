package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.LimitTable;
import io.consigne.server.http.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of one account at the same time: 30 with its plan. */
class LimitedUploadsTest {
  private static final String ALICE = "alice@example.org";
  private static final int AT_ONCE = 30;

  /** More than the buffer in which the host looks for the first file. */
  private static final int BEGUN_BYTES = 300_000;

  @TempDir private Path folder;
  private final List<Wire> running = new ArrayList<>();
  private WiredHost host;
  private Uploading alice;

  @BeforeEach
  void start() throws IOException {
    host = new WiredHost(folder, LimitPolicy.of(LimitTable.DEFAULT));
    host.account(ALICE);
    alice = new Uploading(host, ALICE);
  }

  @AfterEach
  void stop() throws IOException {
    for (Wire wire : running) {
      wire.close();
    }
    alice.close();
    host.close();
  }

  @Test
  void oneMoreThanThePlanAllows_isRefused_untilAnotherHasGone() throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      running.add(begun());
    }
    await().until(() -> host.domain().transfers().count() == AT_ONCE);
    assertThat(upload())
        .contains("\r\nRetry-After: ", "With this plan you can only upload 30 files at a time #");

    running.removeLast().close();

    await().until(() -> host.domain().transfers().count() < AT_ONCE);
    assertThat(upload()).startsWith("HTTP/1.1 302");
  }

  /** Sends the head of an upload and a part of its file, and then nothing more. */
  private Wire begun() throws IOException {
    var wire = new Wire(host.port());
    wire.send("POST /upload.cgi HTTP/1.1|Host: files.example.org|Content-Length: 1000000|");
    wire.send(Uploading.TYPE + host.bearer(ALICE) + "|");
    return wire.send((Uploading.file("slow") + "x".repeat(BEGUN_BYTES)).getBytes(UTF_8));
  }

  private String upload() {
    return RawCall.send(
        host.port(),
        "POST /upload.cgi",
        Uploading.TYPE + host.bearer(ALICE),
        new String(Uploading.body("", "a", new byte[10]), UTF_8));
  }
}
