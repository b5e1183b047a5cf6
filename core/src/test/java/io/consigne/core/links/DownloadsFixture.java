package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of Alice's, with her key, and ways to ask for its bytes. */
abstract class DownloadsFixture extends OnEachDatabase {
  static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");
  static final InetAddress AWAY = InetAddress.ofLiteral("198.51.100.7");

  final Downloads downloads = host.downloads;
  final Links links =
      new Links(host.database, host.files, host.guard, address -> Optional.empty(), host.clock);
  final Access owner = host.newAccount();
  final ApiKey key = host.keys.regenerate(owner.account());
  final Access alice = host.open(key, TestHost.CALLER).orElseThrow();
  final FolderId docs = host.folder(alice, "Docs");
  final StoredFile file = host.file(alice, FolderRef.of(docs), "a", 10);

  DownloadsFixture(TestDatabases.Kind kind) {
    super(kind);
  }

  /** A token that is not bound to an address. */
  String token(@Nullable Access access) {
    return token(opened(access), access);
  }

  String token(Links.Opened opened, @Nullable Access access) {
    return downloads.issue(opened, new Visitor(access, HOME, null), false, false);
  }

  /** The file, as it opens to whoever that is. */
  Links.Opened opened(@Nullable Access access) {
    return links.open(FileRef.of(file.link()), new Visitor(access, HOME, null));
  }

  void assertGood(String token) {
    assertThat(downloads.open(token, caller(AWAY, null, false)).file().id()).isEqualTo(file.id());
  }

  void assertEnded(String token) {
    for (boolean range : new boolean[] {false, true}) {
      assertRefused(token, caller(HOME, null, range));
    }
  }

  void assertRefused(String token, Downloads.Bearer caller) {
    assertThat(Refusal.of(() -> downloads.open(token, caller))).isEqualTo(Refusal.NOT_FOUND);
  }

  static Downloads.Bearer caller(InetAddress address, @Nullable String bearer, boolean range) {
    return new Downloads.Bearer(address, bearer, range);
  }
}
