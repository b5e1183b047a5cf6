package io.consigne.core.uploads;

import io.consigne.core.events.Event;
import io.consigne.core.events.EventKind;
import io.consigne.core.events.EventLimits;
import io.consigne.core.tree.Placement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An upload as those are told of it whose files came of it. */
final class UploadEvent {
  private UploadEvent() {}

  static Event of(Placement placement, List<UploadedFile> files) {
    List<UploadedFile.Kept> kept =
        files.stream()
            .filter(UploadedFile.Kept.class::isInstance)
            .map(UploadedFile.Kept.class::cast)
            .toList();
    var members = new LinkedHashMap<String, Object>();
    members.put("folder_id", placement.folder().value());
    members.put("count", kept.size());
    members.put("bytes", kept.stream().mapToLong(UploadedFile::size).sum());
    members.put("refused", files.size() - kept.size());
    members.put(
        "files", kept.stream().limit(EventLimits.FILES_NAMED).map(UploadEvent::file).toList());
    return Event.of(EventKind.UPLOAD_DONE, members);
  }

  private static Map<String, Object> file(UploadedFile.Kept file) {
    var members = new LinkedHashMap<String, Object>();
    members.put("name", file.name());
    members.put("bytes", file.size());
    members.put("link", file.link().value());
    return members;
  }
}
