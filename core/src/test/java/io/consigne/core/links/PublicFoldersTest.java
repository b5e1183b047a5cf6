package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.StoredFile;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders with an address for everybody. */
class PublicFoldersTest extends OnEachDatabase {
  private final Access alice = host.newAccount();
  private final FolderId docs = host.folder(alice, "Docs");
  private final FolderId notes = host.folder(alice, FolderRef.of(docs), "Notes");
  private final StoredFile file = host.file(alice, FolderRef.of(docs), "a", 1);
  private final PublicFolders folders =
      new PublicFolders(host.sharing, host.listing, host.guard, host.clock);

  PublicFoldersTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void open_published_showsItsFilesWithoutSubFolders() {
    host.file(alice, FolderRef.of(notes), "deep", 1);
    host.file(alice, "beside", 1);
    String token = publish(true, PasswordChange.KEEP).orElseThrow();
    assertThat(token).matches("[0-9A-Za-z]{8}");
    PublicFolders.Opened folder = open(token, null);
    assertThat(folder.folder().id()).isEqualTo(docs);
    assertThat(folders.files(folder, null).files()).containsExactly(file);
    assertThat(folders.files(folder, file.id()).files()).isEmpty();
    assertThat(host.folders.view(alice, FolderRef.of(docs)).folder()).isEqualTo(folder.folder());
  }

  @Test
  void publish_raisesTheRevision() {
    publish(true, PasswordChange.KEEP);
    assertThat(host.folders.view(alice, FolderRef.of(docs)).folder().revision())
        .isEqualTo(host.changes(alice));
  }

  @Test
  void publish_again_keepsTheAddress_untilItIsClosed() {
    String token = publish(true, PasswordChange.KEEP).orElseThrow();
    assertThat(publish(true, PasswordChange.KEEP)).contains(token);
    assertThat(publish(null, PasswordChange.KEEP)).contains(token);
    assertThat(publish(false, PasswordChange.KEEP)).isEmpty();
    assertThat(Refusal.of(() -> open(token, null))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(publish(true, PasswordChange.KEEP).orElseThrow()).isNotEqualTo(token);
    assertThat(Refusal.of(() -> open(token, null))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void password_missingWrongRightRemoved() {
    String token =
        publish(true, new PasswordChange.Set(host.passwords.hash("secret6"))).orElseThrow();
    assertThat(Refusal.of(() -> open(token, null))).isEqualTo(new Failure.PasswordMissing());
    assertThat(Refusal.of(() -> open(token, ""))).isEqualTo(new Failure.PasswordMissing());
    assertThat(Refusal.of(() -> open(token, "secret7"))).isEqualTo(new Failure.PasswordWrong());
    assertThat(open(token, "secret6").folder().sharePassword()).isTrue();
    assertThat(open(token, "secret6").toString()).doesNotContain("argon2");
    publish(null, PasswordChange.REMOVE);
    assertThat(open(token, null).folder().sharePassword()).isFalse();
  }

  @Test
  void password_ofAClosedFolder_doesNotStay() {
    publish(true, new PasswordChange.Set(host.passwords.hash("secret6")));
    publish(false, PasswordChange.KEEP);
    String token = publish(true, PasswordChange.KEEP).orElseThrow();
    assertThat(open(token, null).folder().sharePassword()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abcdefgh", "abcdefghi", "abcdefghijkl", "%", "no\0body"})
  void open_unknownToken_notFound(String token) {
    assertThat(Refusal.of(() -> open(token, null))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void open_disabledOwnerOrRemovedFolder_notFound() {
    String token = publish(true, PasswordChange.KEEP).orElseThrow();
    host.accounts.setDisabled(alice.account(), true);
    assertThat(Refusal.of(() -> open(token, null))).isEqualTo(Refusal.NOT_FOUND);
    host.accounts.setDisabled(alice.account(), false);
    host.files.remove(alice, List.of(file.link()));
    host.folders.remove(alice, FolderRef.of(notes));
    PublicFolders.Opened opened = open(token, null);
    host.folders.remove(alice, FolderRef.of(docs));
    assertThat(Refusal.of(() -> open(token, null))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> folders.files(opened, null))).isEqualTo(Refusal.NOT_FOUND);
  }

  /** Between two pages of a listing. */
  @Test
  void closedOrLocked_afterAPage_theNextIsNotThere() {
    String token = publish(true, PasswordChange.KEEP).orElseThrow();
    PublicFolders.Opened opened = open(token, null);
    publish(null, new PasswordChange.Set(host.passwords.hash("secret6")));
    assertEnded(opened);
    PublicFolders.Opened unlocked = open(token, "secret6");
    assertThat(folders.files(unlocked, file.id()).files()).isEmpty();
    publish(null, PasswordChange.REMOVE);
    assertThat(folders.files(unlocked, file.id()).files()).isEmpty();
    publish(false, PasswordChange.KEEP);
    assertEnded(unlocked);
    publish(true, PasswordChange.KEEP);
    assertEnded(unlocked);
  }

  private void assertEnded(PublicFolders.Opened opened) {
    assertThat(Refusal.of(() -> folders.files(opened, file.id()))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> folders.files(opened, null))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> folders.folders(opened, "A"))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> folders.folders(opened, ""))).isEqualTo(Refusal.NOT_FOUND);
  }

  private PublicFolders.Opened open(String token, @Nullable String password) {
    return folders.open(token, new Visitor(null, InetAddress.getLoopbackAddress(), password));
  }

  private Optional<String> publish(@Nullable Boolean opened, PasswordChange password) {
    return host.sharing
        .change(alice, FolderRef.of(docs), new FolderSharing.Change(opened, password, null))
        .shareToken();
  }
}
