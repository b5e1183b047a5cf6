package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Setting;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.ids.Sha256;
import io.consigne.core.links.Countries;
import io.consigne.core.links.Links;
import io.consigne.core.links.Visitor;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads of senders that are not identified. */
class GuestUploadTest {
  @TempDir Path directory;
  private UploadHost host;
  private Access guests;
  private Access alice;

  @BeforeEach
  void open() {
    host = new UploadHost(TestDatabases.sqlite(directory), new MemoryBlobs(new Random(1)));
    guests = host.account(Accounts.GUESTS, Plan.GUEST);
    alice = host.account("alice@example.org", Plan.GOLD);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void guestFile_belongsToTheGuests_andHasARemovalCode() {
    UploadReport report = send(new UploadForm(FolderRef.of(alice.root()), 0, null, null));

    UploadedFile.Kept kept = report.kept().getFirst();
    assertThat(host.file(guests, kept.link()).folder()).isEqualTo(guests.root());
    assertThat(kept.removalCode()).matches("[A-Za-z0-9]{20}");
    assertThat(storedCode(kept.link())).isEqualTo(Sha256.hex(kept.removalCode()));
    assertThat(host.uploads.report(report.id())).get().isEqualTo(report);
    assertThat(host.uploads.report(report.id(), alice)).isPresent();
  }

  @Test
  void fileForARecipient_goesIntoItsIncomingFolder() {
    UploadReport first = send(new UploadForm(FolderRef.ROOT, 0, null, "ALICE@example.org"));
    UploadReport second = send(new UploadForm(FolderRef.ROOT, 0, null, "alice@example.org"));

    assertThat(first.incoming()).isTrue();
    assertThat(first.kept().getFirst().removalCode()).isEmpty();
    StoredFile one = host.file(alice, first.kept().getFirst().link());
    StoredFile two = host.file(alice, second.kept().getFirst().link());
    assertThat(one.folder()).isEqualTo(two.folder()).isNotEqualTo(alice.root());
    assertThat(one.content()).isEqualTo(two.content());
    assertThat(host.accounts.get(alice.account()).usedBytes()).isEqualTo(6);
    assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
  }

  @Test
  void fileForARecipient_opensToTheRecipientAlone() {
    Access bob = host.account("bob@example.org", Plan.GOLD);
    FileRef link =
        FileRef.of(
            send(new UploadForm(FolderRef.ROOT, 0, null, "ALICE@example.org"))
                .kept()
                .getFirst()
                .link());
    var links = new Links(host.database, host.files, host.guard, Countries.NONE, host.clock);

    var closed = new Failure.NotAdmitted();
    assertThat(links.open(link, visitor(alice)).own()).isTrue();
    assertThat(Refusal.of(() -> links.open(link, visitor(bob)))).isEqualTo(closed);
    assertThat(Refusal.of(() -> links.open(link, visitor(null)))).isEqualTo(closed);
    assertThat(Refusal.of(() -> links.open(link, visitor(guests)))).isEqualTo(closed);
  }

  private static Visitor visitor(@Nullable Access access) {
    return new Visitor(access, InetAddress.getLoopbackAddress(), null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"guests", "GUESTS", "al\0ice@example.org", ""})
  void recipient_thatIsNobodysAccount_refusesTheFiles(String recipient) {
    UploadReport report = send(new UploadForm(FolderRef.ROOT, 0, null, recipient));

    assertThat(report.kept()).isEmpty();
    assertThat(report.refused())
        .extracting(UploadedFile.Refused::reason)
        .allSatisfy(reason -> assertThat(reason).startsWith("user must be an account"));
    assertThat(host.storeFiles()).isZero();
  }

  @Test
  void recipient_whoseAccountIsClosed_refusesTheFiles() {
    host.accounts.setDisabled(alice.account(), true);
    UploadReport report = send(new UploadForm(FolderRef.ROOT, 0, null, "alice@example.org"));

    assertThat(report.refused())
        .extracting(UploadedFile.Refused::reason)
        .containsExactly("user must be an account of this host: alice@example.org");
    assertThat(host.storeFiles()).isZero();
  }

  /** Strangers could fill the quota of whoever has an account, who could do nothing about it. */
  @Test
  void recipient_whoTakesNothingOfGuests_isAnsweredForAsIfUnknown() {
    host.accounts.setSettings(alice, Map.of(Setting.INCOMING, 0L));
    UploadReport report = send(new UploadForm(FolderRef.ROOT, 0, null, "alice@example.org"));

    assertThat(report.refused())
        .extracting(UploadedFile.Refused::reason)
        .containsExactly("user must be an account of this host: alice@example.org");
    assertThat(host.storeFiles()).isZero();
    host.accounts.setSettings(alice, Map.of(Setting.INCOMING, 1L));
    assertThat(send(new UploadForm(FolderRef.ROOT, 0, null, "alice@example.org")).kept())
        .hasSize(1);
  }

  @Test
  void recipient_unknown_refusesTheFiles() {
    UploadReport report = send(new UploadForm(FolderRef.ROOT, 0, null, "eve@example.org"));

    assertThat(report.refused())
        .extracting(UploadedFile.Refused::reason)
        .containsExactly("user must be an account of this host: eve@example.org");
    assertThat(host.storeFiles()).isZero();
  }

  /** Nobody but who sees all of an account learns how much it has left. */
  @Test
  void recipientWithoutRoom_refusesTheFiles_withoutFigures() {
    host.database.change(sql ->
        sql.update(
            "UPDATE accounts SET used_bytes = ? WHERE id = ?",
            Plan.GOLD.storageBytes() - 2,
            alice.account().value()));
    assertThat(reasons(send(new UploadForm(FolderRef.ROOT, 0, null, "alice@example.org"))))
        .containsExactly("Storage quota exceeded");
    FolderId room = host.folders.make(alice, FolderRef.ROOT, new FileName("Room")).id();
    Access confined = TestHost.within(alice, room);
    assertThat(reasons(send(Sender.identified(confined), UploadForm.PLAIN)))
        .containsExactly("Storage quota exceeded");
    assertThat(reasons(send(Sender.identified(alice), UploadForm.PLAIN)))
        .containsExactly("Storage quota exceeded: 3 bytes needed, 2 left");
  }

  private static List<String> reasons(UploadReport report) {
    return report.refused().stream().map(UploadedFile.Refused::reason).toList();
  }

  private UploadReport send(UploadForm form) {
    return send(Sender.guest(guests), form);
  }

  private UploadReport send(Sender sender, UploadForm form) {
    try (Upload upload = host.uploads.begin(host.uploads.newId(), sender)) {
      UploadHost.send(upload, "for you", new byte[] {1, 2, 3});
      return upload.commit(form);
    }
  }

  private String storedCode(LinkId link) {
    return host.database
        .read(sql ->
            sql.first(
                "SELECT removal_code FROM files WHERE link = ?",
                row -> row.text("removal_code"),
                link.value()))
        .orElseThrow();
  }
}
