package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.Deeds;
import io.consigne.core.blobs.Contents;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.ContentId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies files within one transaction: new files that show the stored bytes of others. */
final class FileCopies {
  private final Contents contents;
  private final FileEntry entry;
  private final InstantSource clock;

  /** Enters copies by {@code entry}. */
  FileCopies(Contents contents, FileEntry entry, InstantSource clock) {
    this.contents = contents;
    this.entry = entry;
    this.clock = clock;
  }

  /** Makes the copies, in the order of the sources; {@code name} is for the only one. */
  List<StoredFile> make(
      Sql sql, Access access, List<CopySource> sources, FolderRef to, @Nullable FileName name) {
    Placement target = entry.placement(sql, access, to);
    var copies = new ArrayList<StoredFile>();
    var deeds = new Deeds(access.actor(), Action.FILE_COPY);
    var reached = new LinkedFiles(sql, access, Right.READ);
    for (CopySource source : sources) {
      StoredFile live =
          source.reached() ? reached.find(source.file().link()) : unchanged(sql, source, target);
      checkSize(access, live);
      FileName newName = name == null ? source.file().name() : name;
      StoredFile copy =
          RoomLeft.charged(sql, access, target.owner(), () -> copy(sql, live, target, newName));
      note(deeds, access, live, copy);
      copies.add(copy);
    }
    deeds.note(sql, clock.instant());
    return copies;
  }

  /** A link opens a file to whoever has it, so only who copied it reads of which one. */
  private static void note(Deeds deeds, Access access, StoredFile source, StoredFile copy) {
    String named = copy.label() + " of file " + source.link();
    if (!copy.account().equals(access.account())) {
      deeds.add(copy.account(), copy.label());
    }
    deeds.add(access.account(), named);
  }

  private static StoredFile unchanged(Sql sql, CopySource source, Placement target) {
    StoredFile live =
        FileRows.byId(sql, source.file().id())
            .orElseThrow(() -> new Failure.NotFound().asException());
    if (!live.account().equals(target.owner()) && live.revision() != source.file().revision()) {
      throw new Failure.NotFound().asException(); // its owner may have closed it meanwhile
    }
    return live;
  }

  private StoredFile copy(Sql sql, StoredFile live, Placement target, FileName name) {
    FileNumber number = entry.charge(sql, target, live.size(), 1).next();
    ContentId content = contents.shareWith(sql, live.content(), target.owner(), number.content());
    var copy =
        new NewFile(
            name,
            content,
            live.size(),
            live.modified(),
            live.attributes().domain(),
            null,
            AccessRules.NONE,
            null);
    return FileRows.byId(sql, entry.enter(sql, target, copy, number).id())
        .orElseThrow(() -> new Failure.NotFound().asException());
  }

  private static void checkSize(Access access, StoredFile source) {
    long limit = access.plan().largestFileBytes();
    if (source.size() > limit) {
      throw new Failure.TooLarge("file " + source.name(), source.size(), limit).asException();
    }
  }
}
