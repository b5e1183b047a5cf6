package io.consigne.core;

import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Standings;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.AuditLimits;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.Collector;
import io.consigne.core.blobs.Compaction;
import io.consigne.core.blobs.Contents;
import io.consigne.core.blobs.PendingHashes;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.blobs.Sweep;
import io.consigne.core.blobs.UnenteredFiles;
import io.consigne.core.db.Database;
import io.consigne.core.db.Seal;
import io.consigne.core.defense.Defender;
import io.consigne.core.defense.DefenderLimits;
import io.consigne.core.defense.Guard;
import io.consigne.core.hooks.HookParts;
import io.consigne.core.hooks.Hooks;
import io.consigne.core.ids.FileId;
import io.consigne.core.jobs.Background;
import io.consigne.core.keys.KeyLimits;
import io.consigne.core.keys.KeyLogin;
import io.consigne.core.keys.Keys;
import io.consigne.core.keys.PasswordLogin;
import io.consigne.core.limits.Buckets;
import io.consigne.core.limits.Calls;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.Transfers;
import io.consigne.core.links.Downloads;
import io.consigne.core.links.Links;
import io.consigne.core.links.PublicFolders;
import io.consigne.core.links.SigningKeys;
import io.consigne.core.mails.Letters;
import io.consigne.core.mails.MailLimits;
import io.consigne.core.mails.Mailing;
import io.consigne.core.mails.Mails;
import io.consigne.core.remote.FetchMeter;
import io.consigne.core.remote.FetchStores;
import io.consigne.core.remote.Remote;
import io.consigne.core.retention.Retention;
import io.consigne.core.tree.AccountRemoval;
import io.consigne.core.tree.FileEntry;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.Folders;
import io.consigne.core.tree.StoredFiles;
import io.consigne.core.upkeep.Upkeep;
import io.consigne.core.upkeep.UpkeepStores;
import io.consigne.core.uploads.UploadLimits;
import io.consigne.core.uploads.UploadStores;
import io.consigne.core.uploads.UploadTree;
import io.consigne.core.uploads.Uploads;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a host can do, made and wired once over its stores. The stores stay the caller's
 * to close, after this.
 */
public final class Domain implements AutoCloseable {
  private final Blobs blobs;
  private final Contents contents;
  private final InstantSource clock;
  private final Audit audit;
  private final Defender defender;
  private final Passwords passwords;
  private final Accounts accounts;
  private final Standings standings;
  private final AccountRemoval removal;
  private final Keys keys;
  private final KeyLogin keyLogins;
  private final PasswordLogin logins;
  private final Folders folders;
  private final FolderSharing sharing;
  private final FileListing listing;
  private final StoredFiles files;
  private final Links links;
  private final PublicFolders publicFolders;
  private final Downloads downloads;
  private final PendingHashes hashes;
  private final Uploads uploads;
  private final Remote remote;
  private final Hooks hooks;
  private final @Nullable Mailing mailing;
  private final Collector collector;
  private final Compaction compaction;
  private final Sweep sweep;
  private final Upkeep upkeep;
  private final Calls calls;
  private final Transfers transfers;
  private final Retention retention;
  private final boolean retains;
  private final Background background = new Background();

  /** Apart from the rest: a mail server may be slow. */
  private final Background post = new Background();

  /**
   * Wires the domain.
   *
   * @param random draws keys, links and codes
   * @param choices what the operator chose
   */
  public Domain(
      Database database, Blobs blobs, InstantSource clock, SecureRandom random, Choices choices) {
    this.blobs = blobs;
    this.clock = clock;
    contents = new Contents(clock);
    var entry = new FileEntry(clock, random);
    var unentered = new UnenteredFiles();
    audit = new Audit(database, clock, AuditLimits.DEFAULT.keeping(choices.keeping().auditKeep()));
    defender =
        new Defender(choices.defender() ? DefenderLimits.DEFAULT : DefenderLimits.OFF, clock);
    passwords = new Passwords(random, HostLimits.PASSWORDS_AT_ONCE);
    var guard = new Guard(passwords, defender, audit, random);
    accounts = new Accounts(database, clock);
    removal = new AccountRemoval(database, contents, clock);
    standings = new Standings(database, clock);
    keys = new Keys(database, clock, random);
    keyLogins = new KeyLogin(keys, defender, audit, clock);
    logins = new PasswordLogin(database, guard);
    folders = new Folders(database, clock);
    sharing = new FolderSharing(database, clock, random);
    listing = new FileListing(database, clock);
    files = new StoredFiles(database, contents, entry, clock);
    links = new Links(database, files, guard, choices.countries(), clock);
    publicFolders = new PublicFolders(sharing, listing, guard, clock);
    downloads = new Downloads(database, new SigningKeys(database, clock, random), clock, audit);
    hashes = new PendingHashes(database, blobs, HostLimits.HASH_RETRY);
    uploads =
        new Uploads(
            new UploadStores(database, blobs, contents, unentered, hashes),
            new UploadTree(entry, folders),
            UploadLimits.DEFAULT.with(choices.dedupe()),
            clock,
            random);
    LimitPolicy policy = choices.limits();
    calls = new Calls(policy, new Buckets(policy.nanoTime()), clock);
    transfers = new Transfers(policy, database, clock);
    var seal = new Seal(database, random);
    remote = remote(database, random, seal, choices);
    hooks = hooks(database, random, seal, choices.outside());
    mailing = mailing(database, random, choices.outside().letterbox());
    collector = new Collector(database, blobs, contents, clock, HostLimits.COLLECTION_GRACE);
    compaction = new Compaction(database, blobs, clock);
    sweep = new Sweep(database, blobs, unentered);
    retention = new Retention(database, files, clock);
    retains = choices.keeping().retention();
    upkeep = new Upkeep(new UpkeepStores(database, blobs, unentered, collector.hold()), clock);
  }

  private Remote remote(Database database, SecureRandom random, Seal seal, Choices choices) {
    Choices.Fetching fetching = choices.fetching();
    var meter = new FetchMeter(transfers, keys.use());
    return new Remote(
        new FetchStores(database, blobs, fetching.sources(), uploads, links, files, meter),
        new Remote.Settings(
            fetching.atOnce(),
            choices.limits(),
            choices.outside().policy(),
            choices.outside().letterbox().mailsOrNull() != null,
            fetching.limits(),
            System::nanoTime),
        seal,
        clock,
        random);
  }

  private Hooks hooks(Database database, SecureRandom random, Seal seal, Choices.Outside outside) {
    return new Hooks(
        new HookParts(
            database, clock, random, outside.policy(), outside.limits(), outside.webhooks()),
        outside.posts(),
        seal,
        StoreId.nodeOf(database));
  }

  private @Nullable Mailing mailing(
      Database database, SecureRandom random, Choices.Letterbox letterbox) {
    Letters letters = remote.letters(letterbox.originOrNull());
    Mails mails = letterbox.mailsOrNull();
    return mails == null ? null : new Mailing(database, clock, random, mails, letters);
  }

  /** Clears away what an earlier run left behind, and starts the work in the background. */
  public void start() {
    blobs.clear(remote.partials());
    hashes.start(HostLimits.HASH_THREADS);
    audit.start();
    background.once("download keys", downloads::prepare);
    background.every(HostLimits.SWEEP_PAUSE, "sweep", sweep::round);
    background.every(HostLimits.ACCOUNTS_PAUSE, "removed accounts", removal::round);
    background.every(HostLimits.COLLECTION_PAUSE, "collection", collector::round);
    background.every(KeyLimits.USE_WRITTEN, "use of keys", keys.use()::write);
    background.every(HostLimits.COLLECTION_PAUSE, "old reports", uploads::removeOldReports);
    background.every(HostLimits.AUDIT_PAUSE, "old lines of the audit log", audit::removeOld);
    background.every(HostLimits.TRANSFERS_PAUSE, "transferred bytes", transfers::write);
    background.every(HostLimits.TRANSFERS_PAUSE, "refused calls", calls::report);
    if (retains) {
      retention.start();
      background.every(HostLimits.TRANSFERS_PAUSE, "last downloads", retention::writeDownloads);
      background.every(HostLimits.RETENTION_PAUSE, "retention", retention::round);
    } else {
      background.every(HostLimits.RETENTION_PAUSE, "retention off", retention::leaveOff);
    }
    background.every(HostLimits.REQUESTS_PAUSE, "old requests", remote.requests()::removeOld);
    remote.start();
    hooks.start();
    if (mailing != null) {
      post.every(MailLimits.DEFAULT.poll(), "mails", mailing::round);
    }
    background.every(HostLimits.MESSAGES_PAUSE, "old messages", hooks::trim);
    background.every(
        HostLimits.COMPACTION_PAUSE,
        "compaction",
        () -> collector.hold().unlessHeld(compaction::step));
  }

  /** The store of contents. */
  public Blobs blobs() {
    return blobs;
  }

  /** The contents that the database knows. */
  public Contents contents() {
    return contents;
  }

  /** The time. */
  public InstantSource clock() {
    return clock;
  }

  /** The audit log. */
  public Audit audit() {
    return audit;
  }

  /** The defender against guessing. */
  public Defender defender() {
    return defender;
  }

  /** Passwords and their hashes. */
  public Passwords passwords() {
    return passwords;
  }

  /** Accounts. */
  public Accounts accounts() {
    return accounts;
  }

  /** Whether what opened an account still does. */
  public Standings standings() {
    return standings;
  }

  /** The removal of accounts. */
  public AccountRemoval removal() {
    return removal;
  }

  /** Keys. */
  public Keys keys() {
    return keys;
  }

  /** Logins by key. */
  public KeyLogin keyLogins() {
    return keyLogins;
  }

  /** Logins by password. */
  public PasswordLogin passwordLogins() {
    return logins;
  }

  /** Folders. */
  public Folders folders() {
    return folders;
  }

  /** The opening of folders to others. */
  public FolderSharing sharing() {
    return sharing;
  }

  /** Lists of files. */
  public FileListing listing() {
    return listing;
  }

  /** Files. */
  public StoredFiles files() {
    return files;
  }

  /** Links. */
  public Links links() {
    return links;
  }

  /** Public folders. */
  public PublicFolders publicFolders() {
    return publicFolders;
  }

  /** Download tokens. */
  public Downloads downloads() {
    return downloads;
  }

  /** Uploads. */
  public Uploads uploads() {
    return uploads;
  }

  /** Remote uploads. */
  public Remote remote() {
    return remote;
  }

  /** Webhooks. */
  public Hooks hooks() {
    return hooks;
  }

  /** The care of what is stored. */
  public Upkeep upkeep() {
    return upkeep;
  }

  /** The charging of calls. */
  public Calls calls() {
    return calls;
  }

  /** The allowances for uploads and downloads. */
  public Transfers transfers() {
    return transfers;
  }

  /** The removal of files that nobody downloads. */
  public Retention retention() {
    return retention;
  }

  /** Remembers that a download of a file begins, if that matters on this host. */
  public void downloading(FileId file) {
    if (retains) {
      retention.downloads().now(file);
    }
  }

  @Override
  public void close() {
    if (mailing != null) {
      mailing.stop();
    }
    remote.close();
    hooks.close();
    post.close();
    upkeep.close();
    background.close();
    calls.report();
    transfers.close();
    retention.close();
    uploads.close();
    hashes.close();
    audit.close();
    keys.use().write();
  }
}
