package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.defense.Defender;
import io.consigne.core.defense.DefenderLimits;
import io.consigne.core.defense.Guard;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.keys.PasswordLogin;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.StoredFile;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

/** Hashes of another strength than today's are replaced when the right password is given. */
class RenewedPasswordsTest extends OnEachDatabase {
  private static final Caller HOME = new Caller(InetAddress.ofLiteral("192.0.2.7"), "curl/8");
  private static final String WEAK = weak("secret6");

  private final Access alice = host.newAccount();

  RenewedPasswordsTest(TestDatabases.Kind kind) {
    super(kind);
  }

  /** A hash as an earlier version might have made it. */
  private static String weak(String password) {
    byte[] salt = new byte[16];
    byte[] hash = new byte[32];
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(64)
            .withIterations(1)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=64,t=1,p=1$%s$%s"
        .formatted(base64.encodeToString(salt), base64.encodeToString(hash));
  }

  private String stored(String column, String table, long id) {
    return host.database.read(sql ->
        sql.first(
                "SELECT %s AS hash FROM %s WHERE id = ?".formatted(column, table),
                row -> row.text("hash"),
                id)
            .orElseThrow());
  }

  private void assertRenewed(String hash) {
    assertThat(Passwords.isCurrent(hash)).isTrue();
    assertThat(host.passwords.matches("secret6", hash)).isTrue();
  }

  @Test
  void account_keepsItsTokens_andWrongPasswordsChangeNothing() {
    String email = TestHost.newEmail();
    AccountId account = host.accounts.add(email, Plan.GOLD, WEAK).id();
    var login = new PasswordLogin(host.database, host.guard);
    assertThat(login.open(email, "secret7", HOME)).isEmpty();
    assertThat(stored("password_hash", "accounts", account.value())).isEqualTo(WEAK);
    assertThat(login.open(email, "secret6", HOME)).isPresent();
    assertRenewed(stored("password_hash", "accounts", account.value()));
    assertThat(login.open(email, "secret6", HOME)).isPresent();
    assertThat(
            host.database.<Long>read(
                sql -> sql.number("SELECT epoch FROM accounts WHERE id = ?", account.value())))
        .isEqualTo(1);
  }

  @Test
  void file_keepsItsRevision() {
    StoredFile file = host.file(alice, "a", 10);
    host.database.change(
        sql -> sql.update("UPDATE files SET password = ? WHERE id = ?", WEAK, file.id().value()));
    var links = new Links(host.database, host.files, host.guard, Countries.NONE, host.clock);
    FileRef link = FileRef.of(file.link());
    Refusal.of(() -> links.open(link, new Visitor(null, HOME.address(), "secret7")));
    assertThat(stored("password", "files", file.id().value())).isEqualTo(WEAK);
    StoredFile opened = links.open(link, new Visitor(null, HOME.address(), "secret6")).file();
    assertThat(opened.revision()).isEqualTo(file.revision());
    assertRenewed(stored("password", "files", file.id().value()));
  }

  @Test
  void publicFolder() {
    FolderId docs = host.folder(alice, "Docs");
    var change = new FolderSharing.Change(true, new PasswordChange.Set(WEAK), null);
    Optional<String> token = host.sharing.change(alice, FolderRef.of(docs), change).shareToken();
    var folders = new PublicFolders(host.sharing, host.listing, host.guard, host.clock);
    var visitor = new Visitor(null, HOME.address(), "secret6");
    PublicFolders.Opened opened = folders.open(token.orElseThrow(), visitor);
    assertRenewed(stored("share_password", "folders", docs.value()));
    assertThat(folders.files(opened, new FileId(1)).files()).as("a listing goes on").isEmpty();
  }

  /** The owner sets another password while the old one is looked at: the old one stays away. */
  @Test
  void passwordThatIsChangedMeanwhile_isNotReplaced() {
    AccountId account = host.accounts.add(TestHost.newEmail(), Plan.GOLD, WEAK).id();
    var login = new PasswordLogin(host.database, changing("accounts", "password_hash"));
    assertThat(login.open(host.accounts.get(account).email(), "secret6", HOME)).isPresent();
    assertThat(stored("password_hash", "accounts", account.value())).isEqualTo("changed");

    StoredFile file = host.file(alice, "a", 10);
    host.database.change(
        sql -> sql.update("UPDATE files SET password = ? WHERE id = ?", WEAK, file.id().value()));
    Guard guard = changing("files", "password");
    var links = new Links(host.database, host.files, guard, Countries.NONE, host.clock);
    links.open(FileRef.of(file.link()), new Visitor(null, HOME.address(), "secret6"));
    assertThat(stored("password", "files", file.id().value())).isEqualTo("changed");

    FolderId docs = host.folder(alice, "Docs");
    var change = new FolderSharing.Change(true, new PasswordChange.Set(WEAK), null);
    String token =
        host.sharing.change(alice, FolderRef.of(docs), change).shareToken().orElseThrow();
    new PublicFolders(host.sharing, host.listing, changing("folders", "share_password"), host.clock)
        .open(token, new Visitor(null, HOME.address(), "secret6"));
    assertThat(stored("share_password", "folders", docs.value())).isEqualTo("changed");
  }

  /** A guard that is asked the time once a password was right, and then changes it. */
  private Guard changing(String table, String column) {
    String change = "UPDATE %1$s SET %2$s = 'changed' WHERE %2$s = ?".formatted(table, column);
    return new Guard(
        host.passwords,
        new Defender(DefenderLimits.DEFAULT, host.clock),
        host.audit,
        host.random,
        () -> host.database.<Long>write(sql -> (long) sql.update(change, WEAK)));
  }
}
