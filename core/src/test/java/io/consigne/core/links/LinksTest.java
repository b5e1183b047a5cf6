package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may use a link. */
class LinksTest extends OnEachDatabase {
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");
  private static final InetAddress AWAY = InetAddress.ofLiteral("198.51.100.7");
  private static final InetAddress SIX = InetAddress.ofLiteral("2001:db8::7");
  private static final Failure CLOSED = new Failure.NotAdmitted();

  private static final Caller CALLER = new Caller(HOME, "curl/8");

  private final Access alice = host.newAccount();
  private final Access bob = host.newAccount(Plan.ACCESS);
  private final FolderId docs = host.folder(alice, "Docs");
  private final StoredFile file = host.file(alice, FolderRef.of(docs), "a", 10);
  private final FileRef link = FileRef.of(file.link());
  private final Links links =
      new Links(host.database, host.files, host.guard, LinksTest::country, host.clock);

  LinksTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private static Optional<String> country(InetAddress address) {
    return address.equals(HOME)
        ? Optional.of("FR")
        : address.equals(AWAY) ? Optional.of("DE") : Optional.empty();
  }

  @Test
  void open_withoutRules_everybody() {
    assertThat(links.open(link, stranger(AWAY)))
        .isEqualTo(new Links.Opened(file, Links.Way.LINK, ""));
    assertThat(links.open(link, visitor(bob, AWAY)))
        .isEqualTo(new Links.Opened(file, Links.Way.LINK, ""));
    assertThat(links.open(link, visitor(alice, AWAY)))
        .isEqualTo(new Links.Opened(file, Links.Way.OWN, "Docs"));
  }

  @Test
  void open_unknownOrRemoved_notFound() {
    FileRef unknown = FileRef.of(new LinkId("00000000000000000000"));
    assertThat(Refusal.of(() -> links.open(unknown, stranger(HOME)))).isEqualTo(Refusal.NOT_FOUND);
    host.files.remove(alice, List.of(file.link()));
    assertThat(Refusal.of(() -> links.open(link, stranger(HOME)))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(links.find(file.link())).isEmpty();
  }

  @Test
  void open_byName_opensNothingToStrangers() {
    var named = new FileRef.ByName(FolderRef.of(docs), new FileName("a"));
    assertThat(links.open(named, visitor(alice, HOME)).file()).isEqualTo(file);
    assertThat(Refusal.of(() -> links.open(named, stranger(HOME)))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> links.open(named, visitor(bob, HOME))))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void rule_network() {
    rules(new AccessRules(List.of("192.0.2.0/24", "2001:db8::/32"), List.of(), List.of(), false));
    assertOpen(stranger(HOME), stranger(SIX));
    assertClosed(stranger(AWAY), visitor(bob, AWAY));
  }

  @Test
  void rule_country() {
    rules(new AccessRules(List.of(), List.of("FR", "BE"), List.of(), false));
    assertOpen(stranger(HOME));
    assertClosed(stranger(AWAY), stranger(SIX));
    Links ignorant = new Links(host.database, host.files, host.guard, Countries.NONE, host.clock);
    assertThat(Refusal.of(() -> ignorant.open(link, stranger(HOME)))).isEqualTo(CLOSED);
  }

  @Test
  void rule_email() {
    rules(new AccessRules(List.of(), List.of(), List.of("x@example.org", host.email(bob)), false));
    assertOpen(visitor(bob, AWAY));
    assertClosed(stranger(AWAY), visitor(host.newAccount(), AWAY));
  }

  @Test
  void rule_premium() {
    rules(new AccessRules(List.of(), List.of(), List.of(), true));
    assertOpen(visitor(bob, AWAY));
    assertClosed(stranger(AWAY), visitor(host.newAccount(Plan.FREE), AWAY));
  }

  @Test
  void rules_together_allMustHold() {
    List<String> emails = List.of(host.email(bob));
    rules(new AccessRules(List.of("192.0.2.0/24"), List.of("FR"), emails, true));
    assertOpen(visitor(bob, HOME));
    assertClosed(visitor(bob, AWAY), stranger(HOME), visitor(host.newAccount(), HOME));
    rules(new AccessRules(List.of("198.51.100.0/24"), List.of("FR"), emails, true));
    assertClosed(visitor(bob, HOME), visitor(bob, AWAY));
    assertThat(links.open(link, visitor(alice, SIX)).own()).isTrue();
  }

  @Test
  void password_missingWrongRight() {
    password("secret6");
    assertThat(Refusal.of(() -> links.open(link, stranger(HOME))))
        .isEqualTo(new Failure.PasswordMissing());
    assertThat(Refusal.of(() -> links.open(link, new Visitor(null, HOME, ""))))
        .isEqualTo(new Failure.PasswordMissing());
    assertThat(Refusal.of(() -> links.open(link, new Visitor(bob, HOME, "secret7"))))
        .isEqualTo(new Failure.PasswordWrong());
    assertThat(links.open(link, new Visitor(null, HOME, "secret6")).file().id())
        .isEqualTo(file.id());
  }

  @Test
  void password_notNeededByTheOwnerNorAGuestOfTheFolder() {
    password("secret6");
    rules(new AccessRules(List.of("203.0.113.0/24"), List.of(), List.of(), false));
    assertThat(links.open(link, visitor(alice, HOME)).own()).isTrue();
    host.share(alice, docs, bob, false, false);
    assertThat(links.open(link, visitor(bob, HOME)).own()).isFalse();
    host.share(alice, docs, List.of());
    assertClosed(visitor(bob, HOME));
  }

  @Test
  void rules_areCheckedBeforeThePassword() {
    password("secret6");
    rules(new AccessRules(List.of(), List.of(), List.of(), true));
    assertThat(Refusal.of(() -> links.open(link, new Visitor(null, HOME, "secret7"))))
        .isEqualTo(CLOSED);
  }

  @Test
  void keyBoundToAnotherFolder_findsNothing() {
    password("secret6");
    Access bound = TestHost.within(alice, host.folder(alice, "Mine"));
    assertThat(Refusal.of(() -> links.open(link, visitor(bound, HOME))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> links.open(link, new Visitor(bound, HOME, "secret6"))))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void keyWithoutRightToRead_notAllowed() {
    var writer = new Access(bob.account(), bob.plan(), Set.of(Right.WRITE), bob.root(), null);
    assertThat(Refusal.of(() -> links.open(link, visitor(writer, HOME))))
        .isEqualTo(new Failure.NotAllowed("this key has no right to read"));
  }

  @Test
  void disabledOwner_linkIsDead() {
    host.accounts.setDisabled(alice.account(), true);
    assertThat(Refusal.of(() -> links.open(link, stranger(HOME)))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(links.find(file.link())).isEmpty();
    host.accounts.setDisabled(alice.account(), false);
    assertThat(links.find(file.link())).contains(file);
  }

  @Test
  void removalCode_removesThatFileOnce() {
    var guest = host.guestFile(alice, "guest", "c0de");
    assertThat(Refusal.of(() -> links.removeByCode(guest.link(), "c0dE", CALLER)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> links.removeByCode(file.link(), "c0de", CALLER)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(links.findByCode(guest.link(), "c0de").id()).isEqualTo(guest.id());
    assertThat(links.find(guest.link())).isPresent();
    assertThat(host.used(alice)).isEqualTo(11);
    assertThat(links.removeByCode(guest.link(), "c0de", CALLER).id()).isEqualTo(guest.id());
    assertThat(links.find(guest.link())).isEmpty();
    assertThat(host.used(alice)).isEqualTo(10);
    assertThat(Refusal.of(() -> links.removeByCode(guest.link(), "c0de", CALLER)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(Refusal.of(() -> links.findByCode(guest.link(), "c0de")))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  /** What had a code was gone, and the call was refused as if nothing had happened. */
  @Test
  void removal_isAsAWhole_orNotAtAll() {
    var guest = host.guestFile(alice, "guest", "c0de");
    Map<LinkId, String> codes = Map.of(guest.link(), "c0de", file.link(), "none");
    host.share(alice, docs, bob, false, false);
    assertThat(Refusal.of(() -> links.remove(bob, codes, List.of(file.link()))))
        .isInstanceOf(Failure.NotAllowed.class);
    assertThat(links.find(guest.link())).isPresent();
    host.share(alice, docs, bob, true, false);
    var unknown = new LinkId("00000000000000000000");
    assertThat(links.remove(bob, codes, List.of(unknown, file.link())))
        .containsExactly(guest.link(), file.link());
    assertThat(host.used(alice)).isZero();
    assertThat(Refusal.of(() -> links.remove(bob, codes, List.of(file.link()))))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void visitor_toString_showsNoPassword() {
    assertThat(new Visitor(null, HOME, "secret6").toString()).doesNotContain("secret6");
  }

  private void assertOpen(Visitor... visitors) {
    for (Visitor visitor : visitors) {
      assertThat(links.open(link, visitor).file().id()).isEqualTo(file.id());
    }
  }

  private void assertClosed(Visitor... visitors) {
    for (Visitor visitor : visitors) {
      assertThat(Refusal.of(() -> links.open(link, visitor)))
          .as(visitor.toString())
          .isEqualTo(CLOSED);
    }
  }

  private static Visitor stranger(InetAddress address) {
    return new Visitor(null, address, null);
  }

  private static Visitor visitor(Access access, InetAddress address) {
    return new Visitor(access, address, null);
  }

  private void password(String password) {
    change(new PasswordChange.Set(host.passwords.hash(password)), null);
  }

  private void rules(AccessRules rules) {
    change(PasswordChange.KEEP, rules);
  }

  private void change(PasswordChange password, @Nullable AccessRules rules) {
    var flags = new AttributeChange.Flags(null, null, null);
    var change = new AttributeChange(null, null, password, flags, rules);
    host.files.change(alice, List.of(file.link()), change);
  }
}
