package io.consigne.core.links;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.KeyTerms;
import io.consigne.core.accounts.Plan;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.Entry;
import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Database;
import io.consigne.core.db.Remembered;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.KeyId;
import io.consigne.core.ids.Sha256;
import io.consigne.core.tree.Confinement;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.StoredFile;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives and takes download tokens. A token can be started for 5 minutes and resumed, by a request
 * for a range, for 30; whether it is still good is what the database says at the time of each
 * request, in the same read that finds the content, so that removal, revocation and every change of
 * the file count at once, also for the next range of a running transfer.
 */
public final class Downloads {
  private static final int REMEMBERED = 10_000;

  private final Database database;
  private final SigningKeys keys;
  private final InstantSource clock;
  private final Audit audit;
  private final Remembered<Shown, Optional<DownloadRows.Found>> found;
  private final Remembered<DownloadToken, Optional<DownloadRows.Found>> stillFound;

  /** Signs with {@code keys}, finds files in {@code database}, and tells {@code audit}. */
  public Downloads(Database database, SigningKeys keys, InstantSource clock, Audit audit) {
    this.audit = audit;
    this.database = database;
    this.keys = keys;
    this.clock = clock;
    this.found = new Remembered<>(database, REMEMBERED);
    this.stillFound = new Remembered<>(database, REMEMBERED);
  }

  /** Makes sure that there is a key to sign tokens with, while there is room for one. */
  public void prepare() {
    var _ = keys.current();
  }

  /**
   * A token for a file that the visitor has opened. It is good as long as what opened the file is,
   * also if that has ended since.
   *
   * @param inline show the file rather than save it
   * @param single only for the address and the key that ask
   * @return letters and digits alone
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if the visitor's account is
   *     gone
   */
  public String issue(Links.Opened opened, Visitor visitor, boolean inline, boolean single) {
    StoredFile file = opened.file();
    var token =
        new DownloadToken(
            file.id(),
            file.revision(),
            visitor.access().map(access -> access.account().value()).orElse(0L),
            visitor.access().map(this::epoch).orElse(0L),
            visitor
                .access()
                .flatMap(Access::terms)
                .map(Downloads::key)
                .orElse(DownloadToken.Key.NONE),
            clock.instant(),
            new DownloadToken.Flags(inline, single, opened.way() == Links.Way.SHARE),
            single ? binding(visitor.address()) : 0);
    audit.note(Entry.done(file.account(), visitor.actor(), Action.FILE_DOWNLOAD, file.label()));
    return SignedText.write(keys.current(), token.encode());
  }

  private static DownloadToken.Key key(KeyTerms terms) {
    return new DownloadToken.Key(terms.id().value(), terms.epoch());
  }

  /**
   * What a token opens.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if the token is forged,
   *     expired, ended or not for this caller: all alike; {@code Rotten} if the file shows a
   *     content of another account or size
   */
  public Download open(String text, Bearer caller) {
    String bearer = caller.bearerOrNull();
    String bearerHash = bearer == null ? null : Sha256.hex(bearer);
    return SignedText.read(keys, text, DownloadToken.BYTES)
        .map(DownloadToken::decode)
        .filter(token -> inTime(token.issued(), caller.range()))
        .filter(token -> isBoundTo(token, caller.address()))
        .flatMap(token -> found.answer(new Shown(token, bearerHash), this::find))
        .filter(opened -> !opened.bounds().isOver(clock.instant()))
        .filter(opened -> LinkRules.network(opened.bounds().networks(), caller.address()))
        .map(opened ->
            new Download(
                opened.file(),
                opened.segments(),
                opened.token().flags().inline(),
                opened.byOrNull(),
                new Opening(opened.token(), opened.lock())))
        .orElseThrow(() -> new Failure.NotFound().asException());
  }

  /**
   * Whether what opened a download that is under way still opens it, however long ago it began: its
   * file is there, the account or key whose it is may read it, and its link, if it came by one,
   * asks for what it did. A file may have got another name or place meanwhile, and what began
   * before the end of a link may finish.
   *
   * @throws io.consigne.core.failure.FailureException {@code Rotten} as {@link #open}
   */
  public boolean isStillOpen(Download download) {
    Opening opening = download.opening();
    return stillFound
        .answer(opening.token, this::findChanged)
        .filter(now -> !now.bounds().isKeyOver(clock.instant()))
        .filter(now -> now.lock().equals(opening.lock))
        .isPresent();
  }

  private boolean inTime(Instant issued, boolean range) {
    return clock
        .instant()
        .isBefore(issued.plus(range ? LinkLimits.TO_RESUME : LinkLimits.TO_START));
  }

  private static boolean isBoundTo(DownloadToken token, InetAddress address) {
    return !token.flags().single() || token.binding() == binding(address);
  }

  /** What the token opens, wherever it is shown and whenever. */
  private Optional<DownloadRows.Found> find(Shown shown) {
    return database.read(sql -> find(sql, shown.token(), shown.bearerHashOrNull()));
  }

  private static Optional<DownloadRows.Found> find(
      Sql sql, DownloadToken token, @Nullable String bearerHash) {
    return DownloadRows.find(sql, token)
        .filter(found -> isWithin(sql, found))
        .filter(found -> sameKey(sql, token, bearerHash))
        .filter(found -> stillShared(sql, token, found.file()));
  }

  private Optional<DownloadRows.Found> findChanged(DownloadToken token) {
    return database.read(sql ->
        DownloadRows.findChanged(sql, token)
            .filter(found -> isWithin(sql, found))
            .filter(found -> stillShared(sql, token, found.file())));
  }

  /** Whether the file is still where its token's key sees it; its folder may have been moved. */
  private static boolean isWithin(Sql sql, DownloadRows.Found found) {
    FolderId root = found.bounds().rootOrNull();
    return root == null || Confinement.isWithin(sql, found.file().folder(), root);
  }

  private static boolean sameKey(Sql sql, DownloadToken token, @Nullable String bearerHash) {
    return !token.flags().single()
        || bearerHash == null
        || sql.number(
                """
                SELECT COUNT(*) FROM api_keys WHERE id = ? AND (secret_hash = ?
                  OR id = (SELECT key_id FROM retired_secrets WHERE secret_hash = ?))
                """,
                token.key().id(),
                bearerHash,
                bearerHash)
            == 1;
  }

  /** Whether a file that was opened by a share is shared. */
  private static boolean stillShared(Sql sql, DownloadToken token, DownloadedFile file) {
    return !token.flags().shared()
        || FolderSharing.isOpened(sql, file.folder(), new AccountId(token.account()));
  }

  /** That of the password which opened the account; a key has an epoch of its own besides. */
  private long epoch(Access access) {
    Long known = access.epochOrNull();
    return known != null
        ? known
        : database.read(sql ->
            sql.first(
                    "SELECT epoch FROM accounts WHERE id = ?",
                    row -> row.number("epoch"),
                    access.account().value())
                .orElseThrow(() -> new Failure.NotFound().asException()));
  }

  private static long binding(InetAddress address) {
    String hex = HexFormat.of().formatHex(address.getAddress());
    byte[] hash = Sha256.digest().digest(hex.getBytes(StandardCharsets.US_ASCII));
    return ByteBuffer.wrap(hash).getLong();
  }

  /** A token, and the hash of the key that is shown with it. */
  private record Shown(DownloadToken token, @Nullable String bearerHashOrNull) {}

  /**
   * Who comes with a token.
   *
   * @param address where the caller is
   * @param bearerOrNull the key that it shows, null for none
   * @param range whether it asks for a range, as who resumes does
   */
  public record Bearer(InetAddress address, @Nullable String bearerOrNull, boolean range) {
    @Override
    public String toString() {
      return "Bearer[" + address + "]";
    }
  }

  /**
   * What may be downloaded.
   *
   * @param file the file
   * @param segments where its bytes are, in order
   * @param inline show it rather than save it
   * @param byOrNull whose token it is, null for a stranger's
   * @param opening what opened it
   */
  public record Download(
      DownloadedFile file,
      List<Segment> segments,
      boolean inline,
      @Nullable Downloader byOrNull,
      Opening opening) {
    /** Copies the segments. */
    public Download {
      segments = List.copyOf(segments);
    }

    /** Whose token it is; empty for a stranger's. */
    public Optional<Downloader> by() {
      return Optional.ofNullable(byOrNull);
    }
  }

  /** What opened a download, to be looked at again with {@link Downloads#isStillOpen}. */
  public static final class Opening {
    private final DownloadToken token;
    private final DownloadRows.Lock lock;

    private Opening(DownloadToken token, DownloadRows.Lock lock) {
      this.token = token;
      this.lock = lock;
    }
  }

  /**
   * An account that downloads.
   *
   * @param plan its plan now
   * @param keyOrNull the key that asked for the token, null after a password login
   */
  public record Downloader(AccountId account, Plan plan, @Nullable KeyId keyOrNull) {
    /** The key that asked for the token; empty after a password login. */
    public Optional<KeyId> key() {
      return Optional.ofNullable(keyOrNull);
    }
  }
}
