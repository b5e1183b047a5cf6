package io.consigne.core.upkeep;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.Collector;
import io.consigne.core.blobs.PendingHashes;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.blobs.UnenteredFiles;
import io.consigne.core.db.Database;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.uploads.Incoming;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadForm;
import io.consigne.core.uploads.UploadLimits;
import io.consigne.core.uploads.UploadStores;
import io.consigne.core.uploads.UploadTree;
import io.consigne.core.uploads.UploadedFile;
import io.consigne.core.uploads.Uploads;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host with uploads, a collection, and all that takes care of what is stored. */
final class UpkeepHost implements AutoCloseable {
  /** Long enough for a test that wants to have something removed but not collected. */
  static final Duration GRACE = Duration.ofMinutes(10);

  final TestHost parts;
  final Database database;
  final Blobs blobs;
  final UnenteredFiles unentered = new UnenteredFiles();
  final PendingHashes hashes;
  final Uploads uploads;
  final Collector collector;
  final Upkeep upkeep;

  UpkeepHost(Database database, Blobs blobs) {
    this.database = database;
    this.blobs = blobs;
    parts = new TestHost(database);
    hashes = new PendingHashes(database, blobs, Duration.ofMinutes(1));
    uploads =
        new Uploads(
            new UploadStores(database, blobs, parts.contents, unentered, hashes),
            new UploadTree(parts.entry, parts.folders),
            UploadLimits.DEFAULT,
            parts.clock,
            parts.random);
    collector = new Collector(database, blobs, parts.contents, parts.clock, GRACE);
    upkeep =
        new Upkeep(new UpkeepStores(database, blobs, unentered, collector.hold()), parts.clock);
  }

  Access account(String email) {
    Account made = parts.accounts.add(email, Plan.GOLD, null);
    return Access.full(made.id(), Plan.GOLD, made.root(), null);
  }

  /** Uploads one file into the root. */
  LinkId keep(Access access, String name, byte[] bytes) {
    return keep(access, List.of(name), List.of(bytes)).getFirst();
  }

  /** Uploads files at once; the small ones of them share a store file. */
  List<LinkId> keep(Access access, List<String> names, List<byte[]> contents) {
    try (Upload upload = uploads.begin(uploads.newId(), Sender.identified(access))) {
      for (int i = 0; i < names.size(); i++) {
        Incoming file = upload.file(names.get(i), null);
        file.write(ByteBuffer.wrap(contents.get(i)));
        file.end();
      }
      return upload.commit(UploadForm.PLAIN).kept().stream().map(UploadedFile.Kept::link).toList();
    }
  }

  void move(Access access, LinkId link, FolderId folder) {
    parts.files.move(access, List.of(link), FolderRef.of(folder), null);
  }

  void remove(Access access, LinkId link) {
    parts.files.remove(access, List.of(link));
  }

  /** Where the bytes of a file are. */
  Segment segment(Access access, LinkId link) {
    var content = parts.files.get(access, FileRef.of(link)).file().content();
    return database.read(sql -> parts.contents.segments(sql, content)).getFirst();
  }

  byte[] read(Access access, LinkId link) {
    return StoredBytes.read(blobs, segment(access, link));
  }

  /** Lets the grace time pass, for contents and then for their store files, and collects. */
  void collectLater() {
    for (int i = 0; i < 2; i++) {
      parts.clock.advance(GRACE);
      collector.round();
    }
  }

  /** Runs a statement that changes rows behind the back of the domain. */
  void change(String statement, @Nullable Object... arguments) {
    database.change(sql -> sql.update(statement, arguments));
  }

  /** Reads everything, as fast as it can. */
  ScrubReport scrub(Heard<Damage> heard) {
    return upkeep.scrub().run(ReadRate.of(Long.MAX_VALUE), false, heard);
  }

  FsckReport fsck(boolean repair) {
    return upkeep.fsck().run(repair, new Heard<>());
  }

  @Override
  public void close() {
    upkeep.close();
    uploads.close();
    hashes.close();
    database.close();
    blobs.close();
  }

  /** Remembers what was found; may end the task after so many steps. */
  static final class Heard<F> implements Watcher<F> {
    final List<F> found = new ArrayList<>();
    private final long most;
    private long steps;

    Heard() {
      this(Long.MAX_VALUE);
    }

    /** Ends the task at its {@code most}th step. */
    Heard(long most) {
      this.most = most;
    }

    @Override
    public void progress(Progress progress) {
      if (++steps >= most) {
        throw new Ended();
      }
    }

    @Override
    public void found(F finding) {
      found.add(finding);
    }
  }

  /** A task was ended from outside. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
