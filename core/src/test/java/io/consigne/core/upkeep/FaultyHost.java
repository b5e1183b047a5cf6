package io.consigne.core.upkeep;

import io.consigne.core.accounts.Access;
import io.consigne.core.blobs.FaultyBlobs;
import io.consigne.core.blobs.HookedBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A suite on a host with two accounts, a few files, and a store that can be damaged. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
abstract class FaultyHost {
  static final int LARGE = 300_000;

  final TestDatabases.Kind kind;
  final FaultyBlobs blobs = new FaultyBlobs(new Random(1));
  final HookedBlobs hooked = new HookedBlobs(blobs);

  @TempDir Path directory;
  UpkeepHost host;
  Access alice;
  Access bob;
  FolderId docs;
  LinkId inDocs;
  LinkId large;

  @SuppressWarnings("NullAway.Init")
  FaultyHost(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  final void open() {
    host = new UpkeepHost(kind.open(directory), hooked);
    alice = host.account("alice@example.org");
    bob = host.account("bob@example.org");
    docs = host.parts.folder(alice, "Docs");
    host.parts.folder(alice, FolderRef.of(docs), "Deep");
    List<LinkId> small =
        host.keep(
            alice,
            List.of("in docs", "small", "twin", "third"),
            List.of(
                StoredBytes.random(1, 100),
                StoredBytes.random(2, 100),
                StoredBytes.random(2, 100),
                StoredBytes.random(3, 0)));
    inDocs = small.getFirst();
    host.move(alice, inDocs, docs);
    large = host.keep(alice, "large", StoredBytes.random(4, LARGE));
    host.remove(alice, host.keep(alice, "removed", StoredBytes.random(4, LARGE)));
    host.parts.copy(bob, List.of(file(large)), FolderRef.ROOT, null);
  }

  @AfterEach
  final void close() {
    host.close();
  }

  static List<Fault.Kind> kinds(FsckReport report) {
    return report.groups().stream().map(FsckReport.Group::kind).toList();
  }

  private StoredFile file(LinkId link) {
    return host.parts.files.get(alice, FileRef.of(link)).file();
  }

  void change(String statement, Object... arguments) {
    host.change(statement, arguments);
  }

  /** Changes rows in a way that a sound database refuses, since others name them. */
  void tear(String statement) {
    switch (kind) {
      case SQLITE -> TestDatabases.changeUnchecked(directory, statement);
      case POSTGRES ->
          host.database.change(sql -> {
            sql.update("SET LOCAL session_replication_role = replica");
            sql.update(statement);
          });
    }
  }
}
