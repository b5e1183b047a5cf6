package io.consigne.server.api.v1;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A suite whose tests share a host, and who uploads to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneUploader {
  private static final String ALICE = "alice@example.org";

  WiredHost host;
  Uploading alice;

  @BeforeAll
  final void open(@TempDir Path folder) throws IOException {
    host = new WiredHost(folder);
    host.account(ALICE);
    alice = new Uploading(host, ALICE);
  }

  @AfterAll
  final void close() {
    alice.close();
    host.close();
  }
}
