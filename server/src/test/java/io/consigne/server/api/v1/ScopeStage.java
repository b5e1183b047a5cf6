package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.core.Domain;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.KeyTerms;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Actor;
import io.consigne.core.hooks.Webhooks;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.keys.KeyChanges;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.links.Links;
import io.consigne.core.links.Visitor;
import io.consigne.core.remote.Wish;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.uploads.Incoming;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadForm;
import io.consigne.core.uploads.UploadReport;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host with Alice's account, of which a folder is the room that keys are confined to, and Bob's.
 */
final class ScopeStage implements AutoCloseable {
  static final String ALICE = "alice@example.org";
  static final String BOB = "bob@example.org";
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  final WiredHost host;
  final Domain domain;
  final Access alice;
  final FolderId room;
  final FolderId inner;
  final FolderId outside;
  private int made;
  private long lastDoomed;

  ScopeStage(Path folder) throws IOException {
    host = new WiredHost(folder);
    domain = host.domain();
    Access opened = host.account(ALICE);
    alice = Access.full(opened.account(), opened.plan(), opened.root(), null);
    host.account(BOB);
    room = folder(alice.root(), "Room");
    inner = folder(room, "Inner");
    outside = folder(alice.root(), "Outside");
    key(new KeyWish("victim", List.of("read"), null, null, null, null));
  }

  FolderId folder(FolderId parent, String name) {
    return domain.folders().make(alice, FolderRef.of(parent), new FileName(name)).id();
  }

  KeyChanges.Made key(KeyWish wish) {
    return domain.keys().changes(Actor.OPERATOR).add(alice.account(), wish);
  }

  /** An account has few keys: one that is not needed any more is revoked. */
  private void end(long key) {
    host.database()
        .change(sql ->
            sql.update(
                "UPDATE api_keys SET revoked_at = 1 WHERE id = ? AND revoked_at IS NULL", key));
  }

  /** A key for each of what the table is made of. */
  Holder key(Set<Right> scopes, boolean confined, boolean elsewhere, boolean expired) {
    var wish =
        new KeyWish(
            "key" + made++,
            scopes.stream().map(Right::word).toList(),
            confined ? "/Room" : null,
            List.of(elsewhere ? "192.0.2.0/24" : "127.0.0.0/8", "2001:db8::/32"),
            "1d",
            null);
    KeyChanges.Made key = key(wish);
    long id = key.info().id().value();
    if (expired) {
      host.database()
          .change(sql -> sql.update("UPDATE api_keys SET expires_at = 1 WHERE id = ?", id));
    }
    var access =
        new Access(
            alice.account(),
            alice.plan(),
            scopes,
            confined ? room : alice.root(),
            new KeyTerms(key.info().id(), 0, false, null, null));
    return new Holder(key.secret().reveal(), access, confined, elsewhere, expired);
  }

  /** New things to name, in the room or outside. */
  Names names(boolean within) {
    FolderId folder = within ? room : outside;
    int number = made++;
    UploadReport report = upload(folder, "f.txt");
    LinkId link = report.kept().getFirst().link();
    long cancelled = fetch(folder);
    domain.remote().requests().cancel(alice, cancelled);
    String doomed = "doomed" + number;
    end(lastDoomed);
    lastDoomed =
        key(new KeyWish(doomed, List.of("read"), null, null, null, null)).info().id().value();
    return new Names(
        folder.value(),
        folder(folder, "sub" + number).value(),
        link.value(),
        report.id().value(),
        List.of(
            upload(inner, "spare.txt").kept().getFirst().link().value(),
            Long.toString(folder(inner, "spare" + number).value()),
            Long.toString(inner.value()),
            publish(folder),
            "name" + number,
            doomed,
            Long.toString(fetch(folder)),
            Long.toString(cancelled),
            Long.toString(webhook())),
        null);
  }

  /** The only one: an account has few. */
  private long webhook() {
    Webhooks webhooks = domain.hooks().webhooks();
    webhooks.list(alice).forEach(webhook -> webhooks.remove(alice, webhook.id()));
    return webhooks.add(alice, "https://receiver.example.org/", List.of()).webhook().id();
  }

  /** A remote upload that goes on for ever. */
  private long fetch(FolderId folder) {
    var source = new Wish.Source(SourceUrl.parse("https://source.example.org/a"), null);
    var wish = new Wish(List.of(source), SourceHeaders.NONE, FolderRef.of(folder));
    return domain.remote().requests().add(alice, wish).id();
  }

  private String publish(FolderId folder) {
    var change = new FolderSharing.Change(true, PasswordChange.KEEP, null);
    return domain.sharing().change(alice, FolderRef.of(folder), change).shareToken().orElseThrow();
  }

  /** A token for the file, as the key got it while it was good. */
  Names withToken(Names names, Holder key) {
    StoredFile file =
        domain.files().get(alice, FileRef.of(LinkId.parse(names.link()).orElseThrow())).file();
    var opened = new Links.Opened(file, Links.Way.OWN, "");
    var visitor = new Visitor(key.access(), HERE, null);
    return names.with(domain.downloads().issue(opened, visitor, false, false));
  }

  UploadReport upload(FolderId folder, String name) {
    return upload(alice, FolderRef.of(folder), name);
  }

  UploadReport upload(Access access, FolderRef folder, String name) {
    try (Upload upload =
        domain.uploads().begin(domain.uploads().newId(), Sender.identified(access))) {
      Incoming file = upload.file(name, null);
      file.write(ByteBuffer.wrap(("the text of " + name).getBytes(UTF_8)));
      file.end();
      return upload.commit(new UploadForm(folder, 0, null, null));
    }
  }

  /** Sends a request; empty authorization for a stranger. */
  String send(ScopeMatrix.Row row, String authorization, Names names) {
    return RawCall.send(
        host.port(), row.line(names), row.headers() + authorization, row.body(names));
  }

  static String bearer(String secret) {
    return "Authorization: Bearer " + secret + "|";
  }

  static String password() {
    byte[] pair = (ALICE + ":" + WiredHost.PASSWORD).getBytes(UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair) + "|";
  }

  /** Everything that a refused request must leave as it is. */
  String state() {
    return host.database()
        .read(sql ->
            String.join(
                "\n",
                sql.list(
                    """
                    SELECT 'a' || id || settings AS line FROM accounts
                    UNION ALL
                    SELECT 'd' || id || COALESCE(parent_id, 0) || name || revision FROM folders
                    UNION ALL
                    SELECT 'f' || id || folder_id || name || revision FROM files
                    WHERE removed_at IS NULL
                    UNION ALL
                    SELECT 'k' || id || secret_hash || scopes || COALESCE(rate, 0)
                      || COALESCE(revoked_at, 0) FROM api_keys
                    UNION ALL
                    SELECT 'w' || id || url || events FROM webhooks
                    UNION ALL
                    SELECT 'r' || id || CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END
                    FROM remote_fetches
                    ORDER BY 1
                    """,
                    row -> row.text("line"))));
  }

  @Override
  public void close() {
    host.close();
  }

  /** A key, and what it was made as. */
  record Holder(
      String secret, Access access, boolean confined, boolean elsewhere, boolean expired) {
    String authorization() {
      return bearer(secret);
    }

    @Override
    public String toString() {
      return access.rights()
          + (confined ? " confined" : "")
          + (elsewhere ? " elsewhere" : "")
          + (expired ? " expired" : "");
    }
  }

  /**
   * What a request can name.
   *
   * @param folder of the file
   * @param sub an empty folder in it
   * @param link of the file
   * @param report of the upload
   * @param more spare file, spare folder and inner folder, in the room; public address; two names;
   *     a remote upload, and one that was called off; a webhook
   * @param token for the file
   */
  record Names(
      long folder,
      long sub,
      String link,
      String report,
      List<String> more,
      @Nullable String token) {

    Names with(String given) {
      return new Names(folder, sub, link, report, more, given);
    }

    String fill(String template) {
      return template
          .replace("{folder}", Long.toString(folder))
          .replace("{sub}", Long.toString(sub))
          .replace("{link}", "http://h/?" + link)
          .replace("{id}", link)
          .replace("{report}", report)
          .replace("{spare}", "http://h/?" + more.get(0))
          .replace("{sparefolder}", more.get(1))
          .replace("{inner}", more.get(2))
          .replace("{dir}", more.get(3))
          .replace("{name}", more.get(4))
          .replace("{doomed}", more.get(5))
          .replace("{request}", more.get(6))
          .replace("{cancelled}", more.get(7))
          .replace("{webhook}", more.get(8))
          .replace("{token}", token == null ? "" : token);
    }
  }
}
