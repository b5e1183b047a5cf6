package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.tree.AttributeChange.Flags;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Changing what the owner of files set. */
class FileChangeTest extends OnEachDatabase {
  private static final Failure NOTHING =
      new Failure.NothingChanged(Failure.NothingChanged.What.FILE_ATTRIBUTES);
  private static final Flags NO_FLAGS = new Flags(null, null, null);
  private static final AccessRules PREMIUM =
      new AccessRules(List.of("192.0.2.0/24"), List.of("FR"), List.of("a@example.org"), true);

  private final Access alice = host.newAccount();
  private final StoredFile file = host.file(alice, "a", 1);

  FileChangeTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void change_eachAttribute_changesThatAlone() {
    FileAttributes none = file.attributes();
    assertThat(changed(flags(new Flags(true, null, null))))
        .isEqualTo(new FileAttributes(0, "", null, true, false, false, none.rules()));
    assertThat(changed(flags(new Flags(null, true, null))))
        .isEqualTo(new FileAttributes(0, "", null, true, true, false, none.rules()));
    assertThat(changed(flags(new Flags(false, null, true))))
        .isEqualTo(new FileAttributes(0, "", null, false, true, true, none.rules()));
    assertThat(changed(flags(new Flags(null, false, false)))).isEqualTo(none);
    assertThat(changed(new AttributeChange(null, "é\n🎬", PasswordChange.KEEP, NO_FLAGS, null)))
        .isEqualTo(new FileAttributes(0, "é\n🎬", null, false, false, false, none.rules()));
    assertThat(changed(new AttributeChange(null, "", PasswordChange.KEEP, NO_FLAGS, null)))
        .isEqualTo(none);
    assertThat(changed(password(new PasswordChange.Set("hash"))))
        .isEqualTo(new FileAttributes(0, "", "hash", false, false, false, none.rules()));
    assertThat(changed(rules(PREMIUM)))
        .isEqualTo(new FileAttributes(0, "", "hash", false, false, false, PREMIUM));
    assertThat(changed(password(PasswordChange.REMOVE)))
        .isEqualTo(new FileAttributes(0, "", null, false, false, false, PREMIUM));
    assertThat(changed(rules(AccessRules.NONE))).isEqualTo(none);
  }

  /** Applies the change, and checks that it raised the revision. */
  private FileAttributes changed(AttributeChange change) {
    long before = now().revision();
    assertThat(host.files.change(alice, List.of(file.link()), change)).containsExactly(file.link());
    assertThat(now().revision()).isGreaterThan(before).isEqualTo(host.changes(alice));
    assertThat(now().name()).isEqualTo(file.name());
    return now().attributes();
  }

  @Test
  void change_name_renamesOneFile() {
    change(new AttributeChange(new FileName("b"), null, PasswordChange.KEEP, NO_FLAGS, null));
    assertThat(now().name()).isEqualTo(new FileName("b"));
    List<LinkId> two = List.of(file.link(), host.file(alice, "c", 1).link());
    var toOneName =
        new AttributeChange(new FileName("d"), null, PasswordChange.KEEP, NO_FLAGS, null);
    assertThat(Refusal.of(() -> host.files.change(alice, two, toOneName)).message())
        .isEqualTo("name is for one file, not for 2: d");
  }

  @Test
  void change_nothing_nothingChanged() {
    long changes = host.changes(alice);
    for (AttributeChange nothing :
        List.of(
            flags(NO_FLAGS),
            flags(new Flags(false, false, false)),
            password(PasswordChange.REMOVE),
            rules(AccessRules.NONE),
            new AttributeChange(new FileName("a"), "", PasswordChange.KEEP, NO_FLAGS, null))) {
      assertThat(Refusal.of(() -> change(nothing))).isEqualTo(NOTHING);
    }
    assertThat(host.changes(alice)).isEqualTo(changes);
    assertThat(now()).isEqualTo(file);
  }

  @Test
  void change_several_saysWhichWereChanged() {
    StoredFile other = host.file(alice, "b", 1);
    change(flags(new Flags(true, null, null)));
    assertThat(
            host.files.change(
                alice, List.of(file.link(), other.link()), flags(new Flags(true, null, null))))
        .containsExactly(other.link());
  }

  @Test
  void change_oneIsMissing_noneChanged() {
    List<LinkId> links = List.of(file.link(), new LinkId("00000000000000000000"));
    assertThat(
            Refusal.of(() -> host.files.change(alice, links, flags(new Flags(true, null, null)))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(now()).isEqualTo(file);
  }

  @Test
  void change_whoMayUseTheLink_needsTheRightToShare() {
    var writer =
        new Access(
            alice.account(), alice.plan(), Set.of(Right.READ, Right.WRITE), alice.root(), null);
    List<LinkId> links = List.of(file.link());
    host.files.change(writer, links, flags(new Flags(true, null, null)));
    for (AttributeChange change :
        List.of(rules(PREMIUM), password(new PasswordChange.Set("hash")))) {
      assertThat(Refusal.of(() -> host.files.change(writer, links, change)))
          .isEqualTo(new Failure.NotAllowed("this key has no right to share"));
    }
  }

  @Test
  void description_withNul_invalid() {
    assertThat(
            Refusal.of(() -> new AttributeChange(null, "a\0b", PasswordChange.KEEP, NO_FLAGS, null))
                .message())
        .isEqualTo("description must not contain NUL: a\uFFFDb");
  }

  @Test
  void toString_showsNoPassword() {
    var made =
        new NewFile(
            file.name(),
            new ContentId(1),
            1,
            Instant.EPOCH,
            0,
            "hash of a password",
            AccessRules.NONE,
            "hash of a code");
    assertThat(made.toString()).doesNotContain("hash");
    assertThat(password(new PasswordChange.Set("hash")).toString()).doesNotContain("hash");
    assertThat(new PasswordChange.Set("hash").toString()).doesNotContain("hash");
    change(password(new PasswordChange.Set("hash")));
    assertThat(now().toString()).doesNotContain("hash");
  }

  private void change(AttributeChange change) {
    host.files.change(alice, List.of(file.link()), change);
  }

  private StoredFile now() {
    return host.files.get(alice, FileRef.of(file.link())).file();
  }

  private static AttributeChange flags(Flags flags) {
    return new AttributeChange(null, null, PasswordChange.KEEP, flags, null);
  }

  private static AttributeChange password(PasswordChange change) {
    return new AttributeChange(null, null, change, NO_FLAGS, null);
  }

  private static AttributeChange rules(AccessRules rules) {
    return new AttributeChange(null, null, PasswordChange.KEEP, NO_FLAGS, rules);
  }
}
