package io.consigne.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.OnEachDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Storage, references and listings are exact after many random operations of three accounts, which
 * share a folder each with the others.
 */
class UsageModelTest extends OnEachDatabase {
  private static final int OPERATIONS = 500;

  private final List<Access> people =
      List.of(host.newAccount(), host.newAccount(), host.newAccount());
  private final Map<FolderId, Access> owners = new HashMap<>();
  private final List<FolderId> shared = new ArrayList<>();
  private final Map<LinkId, Kept> model = new HashMap<>();

  UsageModelTest(TestDatabases.Kind kind) {
    super(kind);
    for (Access owner : people) {
      owners.put(owner.root(), owner);
      FolderId open = host.folder(owner, "Open");
      owners.put(open, owner);
      shared.add(open);
      host.share(
          owner,
          open,
          people.stream()
              .filter(guest -> !guest.equals(owner))
              .map(guest -> new Share(host.email(guest), true, false))
              .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20_260_301})
  void randomOperations_areCountedExactly(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < OPERATIONS; i++) {
      step(random, "file " + i);
      if (i % 100 == 99) {
        compare("seed " + seed + ", operation " + i);
      }
    }
    assertThat(model).hasSizeGreaterThan(20);
  }

  private void step(Random random, String name) {
    Access who = people.get(random.nextInt(people.size()));
    FolderId where = random.nextBoolean() ? who.root() : any(random, shared);
    List<LinkId> reached =
        model.entrySet().stream()
            .filter(entry -> reaches(who, entry.getValue().folder()))
            .map(Map.Entry::getKey)
            .sorted((a, b) -> a.value().compareTo(b.value()))
            .toList();
    int kind = random.nextInt(10);
    if (reached.isEmpty() || kind < 4) {
      add(who, where, name, random.nextInt(30));
      return;
    }
    LinkId link = any(random, reached);
    switch (kind) {
      case 4, 5 -> remove(who, link);
      case 6, 7 -> move(who, link, where, name);
      case 8 -> copy(who, link, where, name);
      default -> rename(who, link, name);
    }
  }

  private void add(Access who, FolderId where, String name, int bytes) {
    StoredFile file =
        host.file(who, FolderRef.of(where), name, 100L + bytes, "model bytes " + bytes);
    model.put(file.link(), new Kept(where, name, file.size(), file.sha256()));
  }

  private void remove(Access who, LinkId link) {
    host.files.remove(who, List.of(link));
    model.remove(link);
  }

  private void move(Access who, LinkId link, FolderId where, String name) {
    host.files.move(who, List.of(link), FolderRef.of(where), new FileName(name));
    model.computeIfPresent(link, (_, kept) -> new Kept(where, name, kept.size(), kept.sha256()));
  }

  private void copy(Access who, LinkId link, FolderId where, String name) {
    StoredFile source = host.files.get(who, FileRef.of(link)).file();
    StoredFile copy =
        host.copy(who, List.of(source), FolderRef.of(where), new FileName(name)).getFirst();
    model.put(copy.link(), new Kept(where, name, copy.size(), copy.sha256()));
  }

  private void rename(Access who, LinkId link, String name) {
    host.files.rename(who, List.of(new StoredFiles.Rename(link, new FileName(name))));
    model.computeIfPresent(
        link, (_, kept) -> new Kept(kept.folder(), name, kept.size(), kept.sha256()));
  }

  private void compare(String when) {
    for (Access owner : people) {
      List<Kept> expected =
          model.values().stream().filter(kept -> owner.equals(owners.get(kept.folder()))).toList();
      assertThat(host.used(owner))
          .as(when)
          .isEqualTo(expected.stream().mapToLong(Kept::size).sum());
      assertThat(host.items(owner)).as(when).isEqualTo(1 + expected.size());
      assertThat(host.listing.everything(owner, FileFilter.ALL, null).files())
          .as(when)
          .extracting(Kept::of)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(references(owner)).as(when).isEqualTo(references(expected));
    }
  }

  private Map<String, Long> references(Access owner) {
    var references = new HashMap<String, Long>();
    host.database
        .read(sql ->
            sql.list(
                """
                SELECT sha256, refs FROM contents
                WHERE account_id = ? AND (refs > 0 OR removed_at IS NULL)
                """,
                row -> Map.entry(row.text("sha256"), row.number("refs")),
                owner.account().value()))
        .forEach(entry ->
            assertThat(references.put(entry.getKey(), entry.getValue()))
                .as("equal contents are stored once within an account")
                .isNull());
    return references;
  }

  private static Map<String, Long> references(List<Kept> files) {
    var references = new HashMap<String, Long>();
    files.forEach(kept -> references.merge(kept.sha256(), 1L, Long::sum));
    return references;
  }

  private boolean reaches(Access who, FolderId folder) {
    return shared.contains(folder) || folder.equals(who.root());
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private record Kept(FolderId folder, String name, long size, String sha256) {
    static Kept of(StoredFile file) {
      return new Kept(file.folder(), file.name().value(), file.size(), file.sha256());
    }
  }
}
