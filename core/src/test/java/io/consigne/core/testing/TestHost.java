package io.consigne.core.testing;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.AuditLimits;
import io.consigne.core.blobs.Contents;
import io.consigne.core.blobs.Fingerprint;
import io.consigne.core.blobs.NewContent;
import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.defense.Defender;
import io.consigne.core.defense.DefenderLimits;
import io.consigne.core.defense.Guard;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.Sha256;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.keys.KeyLogin;
import io.consigne.core.keys.Keys;
import io.consigne.core.links.Downloads;
import io.consigne.core.links.SigningKeys;
import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.AccountRemoval;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.CopySource;
import io.consigne.core.tree.FileEntry;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileNumber;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.Folders;
import io.consigne.core.tree.NewFile;
import io.consigne.core.tree.Placement;
import io.consigne.core.tree.Share;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.tree.StoredFiles;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The parts of a host on one database, and short ways to make what a test begins with. */
public final class TestHost {
  /** Who comes with a key, where the test does not care. */
  public static final Caller CALLER = new Caller(InetAddress.ofLiteral("192.0.2.7"), "test/1");

  private static final AtomicLong MADE = new AtomicLong();

  public final TestClock clock = new TestClock();
  public final SecureRandom random = new SecureRandom();
  public final Database database;
  public final Passwords passwords = new Passwords(random, 2);
  public final Audit audit;
  public final Guard guard;
  public final Contents contents = new Contents(clock);
  public final FileEntry entry = new FileEntry(clock, random);
  public final Accounts accounts;
  public final Keys keys;
  private final KeyLogin logins;
  public final Folders folders;
  public final FolderSharing sharing;
  public final StoredFiles files;
  public final FileListing listing;
  public final AccountRemoval removal;
  public final SigningKeys signingKeys;
  public final Downloads downloads;

  public TestHost(Database database) {
    this.database = database;
    audit = new Audit(database, clock, AuditLimits.DEFAULT);
    var defender = new Defender(DefenderLimits.DEFAULT, clock);
    guard =
        new Guard(
            passwords,
            defender,
            audit,
            random,
            () -> Duration.between(TestClock.START, clock.instant()).toNanos());
    accounts = new Accounts(database, clock);
    keys = new Keys(database, clock, random);
    logins = new KeyLogin(keys, defender, audit, clock);
    folders = new Folders(database, clock);
    sharing = new FolderSharing(database, clock, random);
    files = new StoredFiles(database, contents, entry, clock);
    listing = new FileListing(database, clock);
    removal = new AccountRemoval(database, contents, clock);
    signingKeys = new SigningKeys(database, clock, random);
    downloads = new Downloads(database, signingKeys, clock, audit);
  }

  /** An e-mail that no other test uses. */
  public static String newEmail() {
    return "user" + MADE.incrementAndGet() + "@example.org";
  }

  /** All rights on a new account. */
  public Access newAccount() {
    return newAccount(Plan.GOLD);
  }

  /** All rights on a new account of that plan. */
  public Access newAccount(Plan plan) {
    Account account = accounts.add(newEmail(), plan, null);
    return Access.full(account.id(), plan, account.root(), null);
  }

  /** The same account, seen from one of its folders. */
  public static Access within(Access access, FolderId root) {
    return new Access(access.account(), access.plan(), Set.of(Right.values()), root, null);
  }

  public String email(Access access) {
    return accounts.get(access.account()).email();
  }

  public long used(Access access) {
    return accounts.get(access.account()).usedBytes();
  }

  /** How many files and folders the account has. */
  public long items(Access access) {
    return accounts.get(access.account()).items();
  }

  /** What the holder of a key may do, as its login says; empty if it opens nothing. */
  public Optional<Access> open(ApiKey key, Caller caller) {
    return logins.open(key.reveal(), caller);
  }

  /** The account's change counter. */
  public long changes(Access access) {
    return number("SELECT changes FROM accounts WHERE id = ?", access.account().value());
  }

  public FolderId folder(Access access, FolderRef parent, String name) {
    return folders.make(access, parent, new FileName(name)).id();
  }

  public FolderId folder(Access access, String name) {
    return folder(access, FolderRef.ROOT, name);
  }

  /** A new file with bytes that no other has. */
  public StoredFile file(Access access, FolderRef folder, String name, long size) {
    return file(access, folder, name, size, "bytes " + MADE.incrementAndGet());
  }

  public StoredFile file(Access access, String name, long size) {
    return file(access, FolderRef.ROOT, name, size);
  }

  /** A new file; equal {@code bytes} are equal contents. */
  public StoredFile file(Access access, FolderRef folder, String name, long size, String bytes) {
    FileEntry.Entered entered =
        database.write(sql -> {
          Placement placement = entry.placement(sql, access, folder);
          return enter(sql, placement, name, new Fingerprint(Sha256.hex(bytes), size), null);
        });
    return files.get(access, new FileRef.ByLink(entered.link())).file();
  }

  /** A file as guests upload it, with the code of its removal link. */
  public FileEntry.Entered guestFile(Access guests, String name, String removalCode) {
    return database.write(sql -> {
      Placement placement = entry.placement(sql, guests, FolderRef.ROOT);
      String bytes = "bytes " + MADE.incrementAndGet();
      return enter(
          sql, placement, name, new Fingerprint(Sha256.hex(bytes), 1), Sha256.hex(removalCode));
    });
  }

  private FileEntry.Entered enter(
      Sql sql, Placement placement, String name, Fingerprint bytes, @Nullable String removalCode) {
    long size = bytes.size();
    FileNumber number = entry.charge(sql, placement, size, 1).next();
    ContentId content = content(sql, placement.owner(), bytes, number.content());
    return entry.enter(sql, placement, newFile(name, content, size, removalCode), number);
  }

  private NewFile newFile(String name, ContentId content, long size, @Nullable String removalCode) {
    return new NewFile(
        new FileName(name), content, size, clock.instant(), 0, null, AccessRules.NONE, removalCode);
  }

  private ContentId content(Sql sql, AccountId owner, Fingerprint bytes, ContentId own) {
    long size = bytes.size();
    return Optional.ofNullable(contents.find(sql, owner, Set.of(bytes)).get(bytes))
        .filter(found -> contents.addReference(sql, found))
        .orElseGet(() -> {
          String storeFile = "store" + MADE.incrementAndGet();
          contents.addStoreFile(sql, storeFile, size);
          var segment = new Segment(storeFile, 0, size);
          contents.add(sql, own, new NewContent(owner, size, bytes.sha256(), List.of(segment)));
          return own;
        });
  }

  /** Copies files that the caller knows by their links. */
  public List<StoredFile> copy(
      Access access, List<StoredFile> sources, FolderRef to, @Nullable FileName name) {
    return files.copy(
        access, sources.stream().map(file -> new CopySource(file, false)).toList(), to, name);
  }

  /** Opens a folder to another account. */
  public void share(Access owner, FolderId folder, Access guest, boolean rw, boolean hideLinks) {
    share(owner, folder, List.of(new Share(email(guest), rw, hideLinks)));
  }

  public void share(Access owner, FolderId folder, List<Share> shares) {
    sharing.change(
        owner,
        FolderRef.of(folder),
        new FolderSharing.Change(null, AttributeChange.PasswordChange.KEEP, shares));
  }

  /** One number of the database. */
  public long number(String statement, @Nullable Object... arguments) {
    return database.<Long>read(sql -> sql.number(statement, arguments));
  }
}
