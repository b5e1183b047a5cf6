package io.consigne.server;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.DatabaseAge;
import io.consigne.core.blobs.DeletionHold;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.blobs.UnenteredFiles;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.upkeep.HostFiles;
import io.consigne.core.upkeep.Upkeep;
import io.consigne.core.upkeep.UpkeepStores;
import io.consigne.server.admin.UpkeepRequests;
import io.consigne.server.config.HostConfig;
import java.security.SecureRandom;
import java.time.InstantSource;

/** A host that does not run, opened by a command that takes care of it. */
public final class OfflineHost implements AutoCloseable {
  private final Database database;
  private final Blobs blobs;
  private final Upkeep upkeep;
  private final HostFiles files;

  /**
   * Opens the host in a directory that the caller has locked; one of another version stays as it
   * is.
   *
   * @throws io.consigne.core.failure.FailureException if database and store do not belong together
   */
  public OfflineHost(DataDirectory directory, HostConfig.Storage storage) {
    var random = new SecureRandom();
    files = directory.files();
    database =
        storage.db() == null
            ? Databases.sqliteAsItIs(files.database())
            : Databases.postgresAsItIs(storage.db());
    try {
      blobs = new DiskBlobs(files.blobs(), random);
      StoreId.check(database, files.blobs(), random);
      var _ = DatabaseAge.check(database, files.blobs());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    upkeep =
        new Upkeep(
            new UpkeepStores(database, blobs, new UnenteredFiles(), new DeletionHold()),
            InstantSource.system());
  }

  /** What its operator can ask for. */
  public UpkeepRequests requests() {
    return new UpkeepRequests(upkeep, files);
  }

  @Override
  public void close() {
    upkeep.close();
    blobs.close();
    database.close();
  }
}
