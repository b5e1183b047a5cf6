package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.core.Domain;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.hooks.Webhooks;
import io.consigne.core.ids.FolderId;
import io.consigne.core.keys.KeyChanges;
import io.consigne.core.keys.KeyInfo;
import io.consigne.core.keys.KeyRef;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.links.Links;
import io.consigne.core.links.Visitor;
import io.consigne.core.remote.Wish;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.Folder;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.Share;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.uploads.Incoming;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadForm;
import io.consigne.core.uploads.UploadReport;
import io.consigne.server.ServedFronts;
import io.consigne.server.api.v1.IsolationTarget.Names;
import io.consigne.server.http.HttpLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host with an account for each kind of target, and Mallory, who tries to get at them. */
final class IsolationStage implements AutoCloseable {
  static final String MALLORY = "mallory@example.org";
  private static final String OTHER = "other@example.org";
  private static final Names NOTHING =
      new Names(
          999_999_999,
          "zzzzzzzzzzzzzzzzzzzz",
          "zzzzzzzz",
          "zzzzzzzzzz",
          "zzzzzzzzzz",
          "nobody@example.org",
          999_999_999,
          999_999_999,
          999_999_999);

  private final WiredHost host;
  private final Domain domain;
  private final Access mallory;
  private final Access writable;
  private final Map<IsolationTarget, Names> targets = new EnumMap<>(IsolationTarget.class);
  private final FolderId room;
  private final Map<Caller, String> keys = new EnumMap<>(Caller.class);
  private int made;

  IsolationStage(Path folder) throws IOException {
    this(new WiredHost(folder));
  }

  /** On a host that takes files of guests. */
  static IsolationStage withGuests(Path folder) throws IOException {
    return new IsolationStage(new WiredHost(folder, HttpLimits.DEFAULTS, true));
  }

  private IsolationStage(WiredHost host) {
    this.host = host;
    domain = host.domain();
    mallory = host.account(MALLORY);
    room = domain.folders().make(mallory, FolderRef.ROOT, new FileName("Room")).id();
    keys.put(Caller.CONFINED, key("room", Set.of(Right.values()), "/Room"));
    keys.put(Caller.READER, key("reader", Set.of(Right.READ), null));
    domain.keys().revokeMaster(host.account(OTHER).account());
    writable = host.account(IsolationTarget.WRITABLE.marker() + "@example.org");
    share(writable, FolderRef.ROOT, List.of(new Share(MALLORY, true, false)));
    for (IsolationTarget target : IsolationTarget.values()) {
      switch (target) {
        case OWN, WRITABLE -> {}
        case MISSING -> targets.put(target, NOTHING);
        default -> targets.put(target, foreign(target));
      }
    }
  }

  private String key(String name, Set<Right> scopes, @Nullable String folder) {
    List<String> words = scopes.stream().map(Right::word).toList();
    var wish = new KeyWish(name, words, folder, null, null, null);
    return domain.keys().changes(mallory.actor()).add(mallory.account(), wish).secret().reveal();
  }

  private Names foreign(IsolationTarget target) {
    String email = target.marker() + "@example.org";
    Access owner = host.account(email);
    FolderRef root = FolderRef.ROOT;
    switch (target) {
      case READ_ONLY -> share(owner, root, List.of(new Share(MALLORY, false, false)));
      case HIDDEN -> share(owner, root, List.of(new Share(MALLORY, false, true)));
      case BESIDE -> {
        Folder lent = domain.folders().make(owner, root, new FileName("Lent"));
        share(owner, FolderRef.of(lent.id()), List.of(new Share(MALLORY, true, false)));
      }
      case UNSHARED, DISABLED, REMOVED ->
          share(owner, root, List.of(new Share(MALLORY, true, false)));
      default -> {}
    }
    Names names = names(target, owner, email);
    change(target, owner, names);
    return names;
  }

  /** A folder with a file, published, and what names it. */
  private Names names(IsolationTarget target, Access owner, String email) {
    Folder folder =
        domain.folders().make(owner, FolderRef.ROOT, new FileName(target.marker() + made++));
    if (target == IsolationTarget.DELETED) {
      share(owner, FolderRef.of(folder.id()), List.of(new Share(MALLORY, true, false)));
    }
    upload(owner, owner.root(), target.marker() + ".txt");
    UploadReport report = upload(owner, folder.id(), target.marker() + ".txt");
    StoredFile file = domain.links().find(report.kept().getFirst().link()).orElseThrow();
    Folder published = publish(owner, folder.id(), target == IsolationTarget.LOCKED);
    return new Names(
        folder.id().value(),
        file.link().value(),
        published.shareToken().orElseThrow(),
        report.id().value(),
        token(target, owner, file),
        email,
        fetch(owner, folder.id()),
        webhook(owner),
        key(target, owner));
  }

  /** The only one of this name. */
  private long key(IsolationTarget target, Access owner) {
    KeyChanges changes = domain.keys().changes(owner.actor());
    String name = target.keyName();
    for (KeyInfo old : domain.keys().list(owner.account())) {
      if (old.name().equals(name) && old.revoked().isEmpty()) {
        changes.revoke(owner.account(), new KeyRef.ById(old.id()));
      }
    }
    var wish = new KeyWish(name, List.of("read"), null, null, null, null);
    return changes.add(owner.account(), wish).info().id().value();
  }

  /** The only one: an account has few. */
  private long webhook(Access owner) {
    Webhooks webhooks = domain.hooks().webhooks();
    webhooks.list(owner).forEach(webhook -> webhooks.remove(owner, webhook.id()));
    return webhooks.add(owner, "https://receiver.example.org/", List.of()).webhook().id();
  }

  /** A remote upload that goes on for ever. */
  private long fetch(Access owner, FolderId folder) {
    var source = new Wish.Source(SourceUrl.parse("https://source.example.org/a"), null);
    var wish = new Wish(List.of(source), SourceHeaders.NONE, FolderRef.of(folder));
    return domain.remote().requests().add(owner, wish).id();
  }

  /** A token that Mallory was given while she might have it, else one that another's key has. */
  private String token(IsolationTarget target, Access owner, StoredFile file) {
    boolean hers =
        switch (target) {
          case OWN, READ_ONLY, HIDDEN, WRITABLE, UNSHARED -> true;
          case DISABLED, DELETED, REMOVED, ENDED -> true;
          case MISSING, FOREIGN, BESIDE, LOCKED, RULED -> false;
        };
    var visitor = new Visitor(hers ? mallory : owner, InetAddress.getLoopbackAddress(), null);
    Links.Opened opened = domain.links().open(FileRef.of(file.link()), visitor);
    return domain.downloads().issue(opened, visitor, false, !hers);
  }

  /** What becomes of it after everything was handed out. */
  private void change(IsolationTarget target, Access owner, Names names) {
    var folder = new FolderId(names.folder());
    var link = FileRef.of(io.consigne.core.ids.LinkId.parse(names.link()).orElseThrow());
    StoredFile file = domain.files().get(owner, link).file();
    switch (target) {
      case UNSHARED -> {
        share(owner, FolderRef.ROOT, List.of());
        close(owner, folder);
      }
      case DISABLED -> domain.accounts().setDisabled(owner.account(), true);
      case DELETED -> {
        domain.files().remove(owner, List.of(file.link()));
        domain.folders().remove(owner, FolderRef.of(folder));
      }
      case REMOVED -> domain.removal().remove(owner.account());
      case LOCKED -> {
        var password =
            new AttributeChange.PasswordChange.Set(domain.passwords().hash(WiredHost.PASSWORD));
        attribute(owner, file, password, null);
      }
      case RULED -> {
        var rules = new AccessRules(List.of(), List.of(), List.of("friend@example.org"), false);
        attribute(owner, file, AttributeChange.PasswordChange.KEEP, rules);
      }
      case ENDED -> {
        var over = AccessRules.NONE.until(Instant.EPOCH);
        attribute(owner, file, AttributeChange.PasswordChange.KEEP, over);
      }
      default -> {}
    }
  }

  private void attribute(
      Access owner,
      StoredFile file,
      AttributeChange.PasswordChange password,
      @Nullable AccessRules rules) {
    var flags = new AttributeChange.Flags(null, null, null);
    domain
        .files()
        .change(
            owner, List.of(file.link()), new AttributeChange(null, null, password, flags, rules));
  }

  private void share(Access owner, FolderRef folder, List<Share> shares) {
    var keep = AttributeChange.PasswordChange.KEEP;
    domain.sharing().change(owner, folder, new FolderSharing.Change(false, keep, shares));
  }

  private Folder publish(Access owner, FolderId folder, boolean locked) {
    var password =
        locked
            ? new AttributeChange.PasswordChange.Set(domain.passwords().hash(WiredHost.PASSWORD))
            : AttributeChange.PasswordChange.KEEP;
    return domain
        .sharing()
        .change(owner, FolderRef.of(folder), new FolderSharing.Change(true, password, null));
  }

  private void close(Access owner, FolderId folder) {
    share(owner, FolderRef.of(folder), List.of());
  }

  private UploadReport upload(Access owner, FolderId folder, String name) {
    try (Upload upload =
        domain.uploads().begin(domain.uploads().newId(), Sender.identified(owner))) {
      Incoming file = upload.file(name, null);
      file.write(ByteBuffer.wrap(("the text of " + name).getBytes(UTF_8)));
      file.end();
      return upload.commit(new UploadForm(FolderRef.of(folder), 0, null, null));
    }
  }

  /** What a request about a target names; what Mallory may change is new each time. */
  Names names(IsolationTarget target) {
    return switch (target) {
      case OWN -> names(target, mallory, MALLORY);
      case WRITABLE -> names(target, writable, target.marker() + "@example.org");
      default -> Objects.requireNonNull(targets.get(target));
    };
  }

  /** What a caller shows. */
  String authorization(Caller caller) {
    String closed = IsolationTarget.DISABLED.marker() + "@example.org";
    byte[] pair = (MALLORY + ":" + WiredHost.PASSWORD).getBytes(UTF_8);
    return switch (caller) {
      case KEY -> host.bearer(MALLORY);
      case CONFINED, READER -> "Authorization: Bearer " + keys.get(caller) + "|";
      case PASSWORD -> "Authorization: Basic " + Base64.getEncoder().encodeToString(pair) + "|";
      case DEAD_KEY -> host.bearer(OTHER);
      case CLOSED_KEY -> host.bearer(closed);
      case NOBODY -> "";
    };
  }

  /** Who asks. */
  enum Caller {
    /** Mallory by her key. */
    KEY,
    /** Mallory by a key with every scope, of one of her folders. */
    CONFINED,
    /** Mallory by a key that may only read. */
    READER,
    /** Mallory by e-mail and password. */
    PASSWORD,
    /** Somebody with a revoked key. */
    DEAD_KEY,
    /** The owner of the closed account. */
    CLOSED_KEY,
    /** Somebody without anything. */
    NOBODY
  }

  /** The link of a new file in the room, a folder of Mallory's. */
  String spareFile() {
    return upload(mallory, room, "spare" + made++).kept().getFirst().link().value();
  }

  /** A new folder in the room. */
  long spareFolder() {
    var name = new FileName("spare" + made++);
    return domain.folders().make(mallory, FolderRef.of(room), name).id().value();
  }

  int port() {
    return host.port();
  }

  ServedFronts fronts() {
    return host.fronts();
  }

  /** How often a password was computed: the one thing here that takes a time one can feel. */
  long passwordsComputed() {
    return domain.passwords().computations();
  }

  /** Everything that Mallory may not change, as the database has it. */
  String others(IsolationTarget target) {
    long her = mallory.account().value();
    long lent = target == IsolationTarget.WRITABLE ? writable.account().value() : her;
    return host.database()
        .read(sql ->
            String.join(
                "\n",
                sql.list(
                    """
                    SELECT 'a' || id || email || plan || epoch || changes || used_bytes || settings
                      || COALESCE(password_hash, '') || COALESCE(disabled_at, 0) AS line
                    FROM accounts WHERE id NOT IN (?, ?)
                    UNION ALL
                    SELECT 'd' || id || account_id || COALESCE(parent_id, 0) || name || revision
                      || COALESCE(share_token, '') || COALESCE(share_password, '')
                    FROM folders WHERE account_id NOT IN (?, ?)
                    UNION ALL
                    SELECT 's' || folder_id || '-' || s.account_id || rw || hide_links
                    FROM folder_shares s JOIN folders d ON d.id = s.folder_id
                    WHERE d.account_id NOT IN (?, ?)
                    UNION ALL
                    SELECT 'f' || id || account_id || folder_id || name || link || revision
                      || content_id || COALESCE(password, '') || COALESCE(removed_at, 0)
                    FROM files WHERE account_id NOT IN (?, ?)
                    UNION ALL
                    SELECT 'k' || id || name || scopes || epoch || secret_hash
                      || COALESCE(revoked_at, 0)
                    FROM api_keys WHERE account_id NOT IN (?, ?)
                    UNION ALL
                    SELECT 'r' || id || CASE state WHEN 'cancelled' THEN 'off' ELSE 'on' END
                    FROM remote_fetches WHERE account_id NOT IN (?, ?)
                    UNION ALL
                    SELECT 'w' || id || url || events FROM webhooks WHERE account_id NOT IN (?, ?)
                    ORDER BY 1
                    """,
                    row -> row.text("line"),
                    Collections.nCopies(7, List.of(her, lent)).stream()
                        .flatMap(List::stream)
                        .toArray())));
  }

  @Override
  public void close() {
    host.close();
  }
}
