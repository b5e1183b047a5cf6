package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import io.consigne.core.tree.FileFilter;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the second on at which its link ends, a file is there for its owner alone. */
class LinkExpiryTest extends DownloadsFixture {
  private static final Duration SPAN = Duration.ofMinutes(2);
  private static final Instant END = TestClock.START.plus(SPAN);

  private final Access bob = host.newAccount();

  LinkExpiryTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private void rules(AccessRules rules) {
    change(PasswordChange.KEEP, rules);
  }

  private void change(PasswordChange password, AccessRules rules) {
    var flags = new AttributeChange.Flags(null, null, null);
    var change = new AttributeChange(null, null, password, flags, rules);
    host.files.change(alice, List.of(file.link()), change);
  }

  private void toTheLastSecond() {
    host.clock.advance(SPAN.minusSeconds(1));
  }

  private void toTheEnd() {
    host.clock.advance(Duration.ofSeconds(1));
  }

  private void assertGone(Access... visitors) {
    for (Access visitor : visitors) {
      assertThat(Refusal.of(() -> opened(visitor))).isEqualTo(Refusal.NOT_FOUND);
    }
    assertThat(Refusal.of(() -> opened(null))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(links.find(file.link())).isEmpty();
  }

  @Test
  void link_opensUntilThen_andAfterwardsForItsOwnerAlone() {
    rules(AccessRules.NONE.until(END));
    toTheLastSecond();
    assertThat(opened(null).way()).isEqualTo(Links.Way.LINK);
    assertThat(opened(bob).way()).isEqualTo(Links.Way.LINK);
    assertThat(links.find(file.link())).isPresent();
    toTheEnd();
    assertGone(bob);
    assertThat(opened(alice).own()).isTrue();
    assertThat(opened(alice).file().attributes().rules().expires()).contains(END);
  }

  @Test
  void link_thatHasEnded_saysNothingOfItsPasswordAndRules() {
    var nobody = new AccessRules(List.of(), List.of(), List.of("nobody@example.org"), false);
    change(new PasswordChange.Set("hash"), nobody.until(END));
    toTheLastSecond();
    assertThat(Refusal.of(() -> opened(bob))).isNotEqualTo(Refusal.NOT_FOUND);
    toTheEnd();
    assertGone(bob);
    rules(AccessRules.NONE.until(END));
    assertGone(bob);
  }

  @Test
  void link_thatHasEnded_opensAgain_whenItsEndIsMovedOrTakenAway() {
    rules(AccessRules.NONE.until(END));
    toTheLastSecond();
    toTheEnd();
    assertGone(bob);
    rules(AccessRules.NONE.until(END.plusSeconds(1)));
    assertThat(opened(bob).file().id()).isEqualTo(file.id());
    toTheEnd();
    assertGone(bob);
    rules(AccessRules.NONE);
    assertThat(opened(bob).file().attributes().isRestricted()).isFalse();
  }

  @Test
  void addressesOfDownloads_endWithTheLink_butTheOwners() {
    rules(AccessRules.NONE.until(END));
    String strangers = token(null);
    String bobs = token(bob);
    String owners = token(alice);
    toTheLastSecond();
    assertGood(strangers);
    assertGood(bobs);
    String late = token(bob);
    assertGood(late);
    toTheEnd();
    assertEnded(strangers);
    assertEnded(bobs);
    assertEnded(late);
    assertGood(owners);
    assertGood(token(alice));
  }

  /** Between the answer to one call and the next. */
  @Test
  void addressOfADownload_thatIsGivenAfterTheEnd_isDead() {
    rules(AccessRules.NONE.until(END));
    toTheLastSecond();
    Links.Opened before = opened(bob);
    toTheEnd();
    assertEnded(token(before, bob));
  }

  /** Who may read the folder needs no link; whom the links are not shown has none. */
  @Test
  void folderThatIsShared_isOpenToItsGuests_notByALinkThatIsHiddenFromThem() {
    rules(AccessRules.NONE.until(END));
    host.share(alice, docs, bob, false, false);
    String bobs = token(bob);
    toTheLastSecond();
    toTheEnd();
    assertThat(opened(bob).way()).isEqualTo(Links.Way.SHARE);
    assertGood(bobs);
    host.share(alice, docs, bob, false, true);
    assertGone(bob);
    var byName = new FileRef.ByName(FolderRef.of(docs), new FileName("a"));
    assertThat(links.open(byName, new Visitor(bob, HOME, null)).way()).isEqualTo(Links.Way.SHARE);
  }

  @Test
  void publicFolder_showsNoFileWhoseLinkHasEnded() {
    StoredFile other = host.file(alice, FolderRef.of(docs), "b", 1);
    var publish = new FolderSharing.Change(true, PasswordChange.KEEP, null);
    var shown =
        new PublicFolders.Opened(
            host.sharing.change(alice, FolderRef.of(docs), publish), List.of());
    var folders = new PublicFolders(host.sharing, host.listing, host.guard, host.clock);
    rules(AccessRules.NONE.until(END));
    toTheLastSecond();
    assertThat(folders.files(shown, null).files()).extracting(StoredFile::id).hasSize(2);
    toTheEnd();
    assertThat(folders.files(shown, null).files()).containsExactly(other);
    assertThat(host.listing.folder(alice, FolderRef.of(docs), FileFilter.ALL, null).files())
        .hasSize(2);
  }

  @Test
  void copy_hasNoEnd_asItHasNoOtherRules() {
    rules(AccessRules.NONE.until(END));
    StoredFile copy = host.copy(bob, List.of(opened(bob).file()), FolderRef.ROOT, null).getFirst();
    toTheLastSecond();
    toTheEnd();
    assertThat(copy.attributes().isRestricted()).isFalse();
    assertThat(links.find(copy.link())).contains(copy);
  }
}
