package io.consigne.core.uploads;

import io.consigne.core.db.Sql;
import io.consigne.core.events.Event;
import io.consigne.core.events.EventKind;
import io.consigne.core.events.EventLimits;
import io.consigne.core.tree.Confinement;
import io.consigne.core.tree.Placement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An upload as those are told of it whose files came of it. */
final class UploadEvent {
  private UploadEvent() {}

  /** For the owner of the folder. */
  static Event of(Sql sql, Placement placement, List<UploadedFile> files) {
    return Event.of(EventKind.UPLOAD_DONE, members(sql, placement, files));
  }

  /**
   * For a sender into the folder of somebody else, whom it names as calls name such a folder; empty
   * if the sender has no webhook.
   */
  static Optional<Event> ofShared(
      Sql sql, Sender sender, Placement placement, List<UploadedFile> files) {
    return sql.first(
        """
        SELECT email FROM accounts
        WHERE id = ? AND EXISTS (SELECT 1 FROM webhooks WHERE account_id = ?)
        """,
        row -> {
          Map<String, Object> members = members(sql, placement, files);
          members.put("sharing_user", row.text("email"));
          return Event.of(EventKind.UPLOAD_DONE, members);
        },
        placement.owner().value(),
        sender.access().account().value());
  }

  private static Map<String, Object> members(
      Sql sql, Placement placement, List<UploadedFile> files) {
    List<UploadedFile.Kept> kept =
        files.stream()
            .filter(UploadedFile.Kept.class::isInstance)
            .map(UploadedFile.Kept.class::cast)
            .toList();
    var members = new LinkedHashMap<String, Object>();
    // A root has the number 0 wherever an account is told of it.
    boolean root = Confinement.isRoot(sql, placement.owner(), placement.folder());
    members.put("folder_id", root ? 0 : placement.folder().value());
    members.put("count", kept.size());
    members.put("bytes", kept.stream().mapToLong(UploadedFile::size).sum());
    members.put("refused", files.size() - kept.size());
    members.put(
        "files", kept.stream().limit(EventLimits.FILES_NAMED).map(UploadEvent::file).toList());
    return members;
  }

  private static Map<String, Object> file(UploadedFile.Kept file) {
    var members = new LinkedHashMap<String, Object>();
    members.put("name", file.name());
    members.put("bytes", file.size());
    members.put("link", file.link().value());
    return members;
  }
}
