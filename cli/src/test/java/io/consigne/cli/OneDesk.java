package io.consigne.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are run at one desk, each test in a place of its own there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneDesk {
  Desk desk;

  @BeforeAll
  final void start(@TempDir Path home) throws IOException {
    desk = new Desk(home);
  }

  @AfterAll
  final void stop() {
    desk.close();
  }
}
