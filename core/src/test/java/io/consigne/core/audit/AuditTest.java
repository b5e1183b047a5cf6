package io.consigne.core.audit;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Setting;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FolderId;
import io.consigne.core.links.Links;
import io.consigne.core.links.Visitor;
import io.consigne.core.testing.FullDatabase;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.tree.StoredFiles;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the audit log tells. */
class AuditTest extends OnEachDatabase {
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");
  private static final Caller CALLER = new Caller(HOME, "rclone/v1.71");

  private final Access alice = host.newAccount().from(CALLER);
  private final Access bob = host.newAccount().from(CALLER);

  AuditTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private List<Noted> log(Access access) {
    return host.audit
        .list(access.account(), Audit.Reader.OWNER, Instant.EPOCH, null, AuditLimits.LINES_A_PAGE)
        .lines();
  }

  private List<String> lines(Access access) {
    return log(access).stream()
        .map(line -> line.action() + " " + line.outcome() + " " + line.things())
        .toList();
  }

  /** It was the operator's deed in the log, whoever's key it was. */
  @Test
  void settings_areTheDeedOfWhoChangesThem() {
    host.accounts.setSettings(alice, Map.of(Setting.PAGE_LIMIT, 20L));
    Noted line = log(alice).getFirst();
    assertThat(line.action()).isEqualTo("account.change");
    assertThat(line.things()).containsExactly("settings");
    assertThat(line.actor()).isEqualTo("password");
    assertThat(line.account()).isEqualTo(host.email(alice));
    assertThat(line.address()).isEqualTo("192.0.2.7");
    assertThat(line.client()).isEqualTo("rclone/v1.71");
  }

  @Test
  void removal_tellsWhoFromWhereWhatAndWhen() {
    StoredFile file = host.file(alice, "report.pdf", 1);
    StoredFile other = host.file(alice, "draft.pdf", 1);
    host.clock.advance(Duration.ofMinutes(3));
    host.files.remove(alice, List.of(file.link(), other.link()));
    Noted line = log(alice).getFirst();
    assertThat(line)
        .isEqualTo(
            new Noted(
                line.id(),
                TestClock.START.plus(Duration.ofMinutes(3)),
                "password",
                host.email(alice),
                "",
                "192.0.2.7",
                "rclone/v1.71",
                "file.remove",
                "done",
                List.of(
                    "file " + file.link() + " report.pdf", "file " + other.link() + " draft.pdf")));
  }

  /** A read once failed for it, and lost what waited. */
  @Test
  void fullDisk_isNotNoticedByReaders_andLosesNoLine() {
    var database = new FullDatabase(host.database);
    try (var audit = new Audit(database, host.clock, AuditLimits.DEFAULT)) {
      for (String thing : List.of("first", "second")) {
        audit.note(new Entry(alice.account(), alice.actor(), Action.CALL, "done", List.of(thing)));
        database.full(true);
        assertThat(
                audit
                    .list(
                        alice.account(),
                        Audit.Reader.OWNER,
                        Instant.EPOCH,
                        null,
                        AuditLimits.LINES_A_PAGE)
                    .lines())
            .extracting(Noted::things)
            .doesNotContain(List.of(thing));
      }
      database.full(false);
      assertThat(
              audit
                  .list(
                      alice.account(),
                      Audit.Reader.OWNER,
                      Instant.EPOCH,
                      null,
                      AuditLimits.LINES_A_PAGE)
                  .lines())
          .extracting(Noted::things)
          .startsWith(List.of("second"), List.of("first"));
    }
  }

  @Test
  void everyChange_hasALine() {
    FolderId docs = host.folder(alice, "Docs");
    StoredFile file = host.file(alice, "a", 1);
    String thing = "file " + file.link();
    host.files.move(alice, List.of(file.link()), FolderRef.of(docs), null);
    host.files.rename(alice, List.of(new StoredFiles.Rename(file.link(), new FileName("b"))));
    host.files.change(alice, List.of(file.link()), password("$argon2id$secret"));
    StoredFile copy = host.copy(alice, List.of(file), FolderRef.ROOT, new FileName("c")).getFirst();
    host.folders.move(alice, FolderRef.of(docs), null, new FileName("Papers"));
    host.sharing.change(
        alice,
        FolderRef.of(docs),
        new FolderSharing.Change(true, new AttributeChange.PasswordChange.Set("$h"), null));
    host.files.remove(alice, List.of(file.link()));
    host.folders.remove(alice, FolderRef.of(docs));
    assertThat(lines(alice).reversed())
        .containsExactly(
            "account.make done [plan GOLD]",
            "folder.make done [folder " + docs + " Docs]",
            "file.move done [%s a from folder %s to folder %s]"
                .formatted(thing, alice.root(), docs),
            "file.rename done [" + thing + " a to b]",
            "file.change done [" + thing + " b: password]",
            "file.copy done [file " + copy.link() + " c of " + thing + "]",
            "folder.move done [folder %s Docs to folder %s as Papers]"
                .formatted(docs, alice.root()),
            "folder.share done [folder " + docs + " Papers: public, password]",
            "file.remove done [" + thing + " b]",
            "folder.remove done [folder " + docs + " Papers]");
  }

  private static AttributeChange password(String hash) {
    return new AttributeChange(
        null,
        null,
        new AttributeChange.PasswordChange.Set(hash),
        new AttributeChange.Flags(null, null, null),
        null);
  }

  @Test
  void guestOfASharedFolder_isInBothLogs() {
    FolderId docs = host.folder(alice, "Docs");
    StoredFile file = host.file(alice, FolderRef.of(docs), "a", 1);
    host.share(alice, docs, bob, true, false);
    host.files.remove(bob, List.of(file.link()));
    assertThat(lines(bob).getFirst()).startsWith("file.remove done");
    Noted line = log(alice).getFirst();
    assertThat(line.action()).isEqualTo("file.remove");
    assertThat(line.account()).isEqualTo(host.email(bob));
    assertThat(log(bob).getFirst().things()).isEqualTo(line.things());
  }

  /** The line and the removal are one transaction: without the one there is not the other. */
  @Test
  void failingLog_refusesTheRemoval() {
    StoredFile file = host.file(alice, "a", 1);
    rename("audit", "audit_away");
    try {
      assertThatThrownBy(() -> host.files.remove(alice, List.of(file.link())))
          .isInstanceOf(DatabaseException.class);
    } finally {
      rename("audit_away", "audit");
    }
    assertThat(host.files.find(alice, io.consigne.core.tree.FileRef.of(file.link()))).isPresent();
    assertThat(lines(alice)).noneMatch(line -> line.startsWith("file.remove"));
  }

  private void rename(String table, String name) {
    host.database.change(sql -> sql.update("ALTER TABLE " + table + " RENAME TO " + name));
  }

  @Test
  void refusedChange_leavesNoLineOfADeed() {
    StoredFile file = host.file(alice, "a", 1);
    assertThat(Refusal.of(() -> host.files.remove(bob, List.of(file.link()))))
        .isEqualTo(new Failure.NotFound());
    assertThat(lines(bob)).containsExactly("account.make done [plan GOLD]");
    assertThat(lines(alice)).hasSize(1);
  }

  @Test
  void lines_areNeverChanged() {
    long before = log(alice).getFirst().id();
    assertThatThrownBy(() ->
            host.database.write(
                sql -> sql.update("UPDATE audit SET things = 'nothing' WHERE id = ?", before)))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("only added to");
    assertThat(lines(alice)).containsExactly("account.make done [plan GOLD]");
  }

  private static Links.Opened byLink(StoredFile file) {
    return new Links.Opened(file, Links.Way.LINK, "");
  }

  @Test
  void download_isNotedWithItsToken() {
    StoredFile file = host.file(alice, "a", 1);
    host.downloads.issue(byLink(file), new Visitor(bob, HOME, null), false, false);
    host.downloads.issue(byLink(file), stranger(), false, false);
    assertThat(lines(alice).subList(0, 2))
        .containsOnly("file.download done [file " + file.link() + " a]");
    assertThat(log(alice)).extracting(Noted::actor).startsWith("stranger", "password");
    assertThat(lines(bob).getFirst()).startsWith("file.download");
  }

  /** A link is for anybody: its owner does not learn who among the accounts used it. */
  @Test
  void download_tellsTheOwnerNoAccount_butWhoDidItAndTheOperator() {
    StoredFile file = host.file(alice, "a", 1);
    host.downloads.issue(byLink(file), new Visitor(bob, HOME, null), false, false);
    assertThat(log(alice).getFirst())
        .extracting(Noted::action, Noted::account, Noted::key)
        .containsExactly("file.download", "", "");
    assertThat(log(bob).getFirst().account()).isEqualTo(host.email(bob));
    Audit.Page operators =
        host.audit.list(alice.account(), Audit.Reader.OPERATOR, Instant.EPOCH, null, 1);
    assertThat(operators.lines().getFirst().account()).isEqualTo(host.email(bob));
    assertThat(operators.more()).isTrue();
  }

  private static Visitor stranger() {
    return new Visitor(null, HOME, null);
  }

  @Test
  void list_goesOnAndKeepsToItsTime() {
    for (int i = 0; i < 5; i++) {
      host.clock.advance(Duration.ofHours(1));
      host.folder(alice, "f" + i);
    }
    List<Noted> all = log(alice);
    Instant third = TestClock.START.plus(Duration.ofHours(3));
    assertThat(
            host.audit
                .list(alice.account(), Audit.Reader.OWNER, third, null, AuditLimits.LINES_A_PAGE)
                .lines())
        .isEqualTo(all.subList(0, 3));
    assertThat(page(alice, null)).isEqualTo(all.subList(0, 2));
    assertThat(page(alice, all.get(1).id())).isEqualTo(all.subList(2, 4));
  }

  /** A thousand lines of 60,000 characters each would be all the memory of a host. */
  @Test
  void longLines_areFewerInAPage_andNoneIsLeftOut() {
    List<String> thing = List.of("x".repeat(50_000));
    for (int i = 0; i < 50; i++) {
      Entry entry = Entry.done(alice.account(), alice.actor(), Action.FILE_RENAME, thing);
      host.database.change(sql -> {
        AuditLog.add(sql, host.clock.instant(), entry);
      });
    }
    var seen = new ArrayList<Long>();
    Audit.Page page;
    do {
      Long before = seen.isEmpty() ? null : seen.getLast();
      page =
          host.audit.list(
              alice.account(), Audit.Reader.OWNER, Instant.EPOCH, before, AuditLimits.LINES_A_PAGE);
      assertThat(page.lines()).hasSizeBetween(1, 20);
      page.lines().forEach(line -> seen.add(line.id()));
    } while (page.more());
    assertThat(seen).hasSize(51).doesNotHaveDuplicates().isSortedAccordingTo(reverseOrder());
  }

  /** A line that waited is written after younger ones. */
  @Test
  void lineThatIsTooOld_isNotAmongThem_whateverItsNumber() {
    Instant begin = host.clock.instant().plus(Duration.ofHours(1));
    for (Duration at :
        List.of(Duration.ofMinutes(61), Duration.ofMinutes(59), Duration.ofHours(2))) {
      Entry entry = Entry.done(alice.account(), alice.actor(), Action.CALL, "after " + at);
      host.database.change(sql -> {
        AuditLog.add(sql, host.clock.instant().plus(at), entry);
      });
    }
    assertThat(
            host.audit
                .list(alice.account(), Audit.Reader.OWNER, begin, null, AuditLimits.LINES_A_PAGE)
                .lines())
        .extracting(Noted::things)
        .containsExactly(List.of("after PT2H"), List.of("after PT1H1M"));
  }

  private List<Noted> page(Access access, @Nullable Long before) {
    return host.audit.list(access.account(), Audit.Reader.OWNER, Instant.EPOCH, before, 2).lines();
  }

  @Test
  void removedAccount_leavesItsLog() {
    host.removal.remove(alice.account());
    assertThat(lines(alice).getFirst())
        .isEqualTo("account.remove done [account " + alice.account() + "]");
    assertThat(log(alice).getFirst().actor()).isEqualTo("operator");
  }

  /** What waits is bounded: who is refused all day long does not fill the memory. */
  @Test
  void tooManyRefusals_areNotKept() {
    var small = new AuditLimits(Duration.ofDays(1), 10, Duration.ofDays(1), 100);
    try (var audit = new Audit(host.database, host.clock, small)) {
      for (int i = 0; i < 50; i++) {
        audit.note(new Entry(alice.account(), alice.actor(), Action.CALL, "no", List.of("" + i)));
      }
      assertThat(
              audit
                  .list(
                      alice.account(),
                      Audit.Reader.OWNER,
                      Instant.EPOCH,
                      null,
                      AuditLimits.LINES_A_PAGE)
                  .lines())
          .hasSize(11);
    }
  }

  @Test
  void manyThings_areCounted() {
    List<String> many = java.util.Collections.nCopies(3_000, "file with a long name, ".repeat(2));
    host.database.change(sql -> {
      AuditLog.add(
          sql,
          host.clock.instant(),
          Entry.done(alice.account(), alice.actor(), Action.FILE_REMOVE, many));
    });
    List<String> things = log(alice).getFirst().things();
    assertThat(things.getLast()).isEqualTo("and " + (3_001 - things.size()) + " more");
  }
}
