package io.consigne.core.hooks;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A suite that runs on SQLite and on PostgreSQL, each test on a host and a receiver of its own. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
abstract class OnEachHookScene {
  private final TestDatabases.Kind kind;
  @TempDir Path directory;
  Receiver receiver;
  HookScene scene;
  Access alice;

  @SuppressWarnings("NullAway.Init")
  OnEachHookScene(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  final void open() {
    receiver = new Receiver(HookScene.ALLOWED, 0);
    scene = new HookScene(kind, directory, receiver.port());
    alice = scene.account(Plan.PREMIUM);
  }

  @AfterEach
  final void close() {
    scene.close();
    receiver.close();
  }
}
