package io.consigne.core.uploads;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.Collector;
import io.consigne.core.blobs.Contents;
import io.consigne.core.blobs.PendingHashes;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.blobs.Sweep;
import io.consigne.core.blobs.UnenteredFiles;
import io.consigne.core.db.Database;
import io.consigne.core.defense.Guard;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.CopySource;
import io.consigne.core.tree.FileEntry;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.Folders;
import io.consigne.core.tree.Share;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.tree.StoredFiles;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a host that uploads need, over a database and a store of the test's choice. */
final class UploadHost implements AutoCloseable {
  private static final Duration RETRY = Duration.ofMinutes(1);
  private static final int SLICE_BYTES = 50_000;

  final Database database;
  final Blobs blobs;
  final TestClock clock;
  final Contents contents;
  final UnenteredFiles unentered = new UnenteredFiles();
  final PendingHashes hashes;
  final Accounts accounts;
  final Folders folders;
  final FolderSharing sharing;
  final FileEntry entry;
  final StoredFiles files;
  final Guard guard;
  final Uploads uploads;

  UploadHost(Database database, Blobs blobs) {
    this(database, blobs, UploadLimits.DEFAULT);
  }

  UploadHost(Database database, Blobs blobs, UploadLimits limits) {
    this.database = database;
    this.blobs = blobs;
    var parts = new TestHost(database);
    clock = parts.clock;
    contents = parts.contents;
    accounts = parts.accounts;
    folders = parts.folders;
    sharing = parts.sharing;
    entry = parts.entry;
    files = parts.files;
    guard = parts.guard;
    hashes = new PendingHashes(database, blobs, RETRY);
    uploads =
        new Uploads(
            new UploadStores(database, blobs, contents, unentered, hashes),
            new UploadTree(entry, folders),
            limits,
            clock,
            parts.random);
  }

  /** A new account and all rights to it. */
  Access account(String email, Plan plan) {
    Account made = accounts.add(email, plan, null);
    return Access.full(made.id(), plan, made.root(), null);
  }

  /** Opens a folder to another account. */
  void share(Access owner, FolderId folder, Share share) {
    sharing.change(
        owner,
        FolderRef.of(folder),
        new FolderSharing.Change(null, AttributeChange.PasswordChange.KEEP, List.of(share)));
  }

  /** Uploads one file into the root. */
  UploadedFile.Kept keep(Access access, String name, byte[] bytes) {
    try (Upload upload = begin(access)) {
      send(upload, name, bytes);
      return upload.commit(UploadForm.PLAIN).kept().getFirst();
    }
  }

  /** Begins an upload under a new id. */
  Upload begin(Access access) {
    return uploads.begin(uploads.newId(), Sender.identified(access));
  }

  /** Sends a file in slices. */
  static void send(Upload upload, String name, byte[] bytes) {
    Incoming file = upload.file(name, null);
    write(file, bytes);
    file.end();
  }

  /** Sends bytes of a file in slices of a buffer that is used again. */
  static void write(Incoming file, byte[] bytes) {
    var buffer = ByteBuffer.allocate(SLICE_BYTES);
    for (int at = 0; at < bytes.length; at += SLICE_BYTES) {
      buffer.clear().put(bytes, at, Math.min(SLICE_BYTES, bytes.length - at)).flip();
      file.write(buffer);
    }
  }

  /** What the owner sees of a file. */
  StoredFile file(Access access, LinkId link) {
    return files.get(access, FileRef.of(link)).file();
  }

  /** Copies files that the caller knows by their links. */
  List<StoredFile> copy(
      Access access, List<StoredFile> sources, FolderRef to, @Nullable FileName name) {
    return files.copy(
        access, sources.stream().map(file -> new CopySource(file, false)).toList(), to, name);
  }

  /** The bytes of a file. */
  byte[] read(Access access, LinkId link) {
    return read(segments(access, link));
  }

  /** Where the bytes of a file are. */
  List<Segment> segments(Access access, LinkId link) {
    StoredFile file = file(access, link);
    return database.read(sql -> contents.segments(sql, file.content()));
  }

  /** The bytes that stand there. */
  byte[] read(List<Segment> segments) {
    return StoredBytes.readAll(blobs, segments);
  }

  /** Collects what was removed until now. */
  void collect() {
    new Collector(database, blobs, contents, clock, Duration.ZERO).round();
  }

  /** Does what a start and the collection do, when nothing is on its way. */
  void tidyUp() {
    blobs.clear();
    new Sweep(database, blobs, new UnenteredFiles()).run();
    collect();
  }

  /** Takes away what uploads that were not answered left in packs, as the next start would. */
  void sweep() {
    new Sweep(database, blobs, unentered).run();
  }

  /** How many store files are visible. */
  int storeFiles() {
    int[] count = {0};
    blobs.forEach((name, size) -> count[0]++);
    return count[0];
  }

  @Override
  public void close() {
    uploads.close();
    hashes.close();
    database.close();
    blobs.close();
  }
}
