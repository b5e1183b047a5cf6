package io.consigne.core.remote;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A suite that runs on SQLite and on PostgreSQL, each test on a host of its own. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
abstract class OnEachScene {
  private final TestDatabases.Kind kind;
  @TempDir Path directory;
  RemoteScene scene;
  Access alice;

  @SuppressWarnings("NullAway.Init")
  OnEachScene(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  final void open() {
    scene = new RemoteScene(kind, directory);
    alice = scene.account(Plan.PREMIUM);
  }

  @AfterEach
  final void close() {
    scene.close();
  }
}
