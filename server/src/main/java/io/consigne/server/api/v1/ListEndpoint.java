package io.consigne.server.api.v1;

import io.consigne.core.ids.FileId;
import io.consigne.core.limits.CallKind;
import io.consigne.core.tree.FileFilter;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** {@code /v1/file/ls.cgi}: the files of a folder, or with {@code folder_id:-1} all files. */
final class ListEndpoint implements Endpoint {
  private static final long EVERYTHING = -1;

  private final FileListing listing;

  ListEndpoint(FileListing listing) {
    this.listing = listing;
  }

  @Override
  public Answer call(Call call) {
    FileFilter filter = filter(call.body());
    FileListing.Pages pages =
        FileListing.begun(
            isOfEverything(call.body())
                ? after -> listing.everything(call.access(), filter, after)
                : inFolder(call, filter));
    return json -> {
      Answer.ok(json);
      long count = items(json, call, pages);
      json.writeNumberProperty("count", count);
    };
  }

  @Override
  public Optional<CallKind> charge(JsonRequest body) {
    return isOfEverything(body) ? Optional.of(CallKind.ALL_FILES) : Optional.empty();
  }

  private static boolean isOfEverything(JsonRequest body) {
    return body.number("folder_id").orElse(0L) == EVERYTHING;
  }

  private FileListing.Pages inFolder(Call call, FileFilter filter) {
    FolderRef folder = call.folder("folder_id", "sharing_user");
    return after -> listing.folder(call.access(), folder, filter, after);
  }

  private static FileFilter filter(JsonRequest body) {
    Optional<Instant> after =
        body.filled("sent_after").map(text -> ParisTime.read("sent_after", text));
    Optional<Instant> before =
        body.filled("sent_before").map(text -> ParisTime.read("sent_before", text));
    return new FileFilter(
        after.orElse(Instant.EPOCH),
        before.map(time -> time.plusMillis(999)).orElse(FileFilter.END));
  }

  /** Writes {@code items} of all pages and returns how many they were. */
  static long items(JsonGenerator json, Call call, FileListing.Pages pages) {
    json.writeArrayPropertyStart("items");
    long count = 0;
    for (FileListing.Page page = pages.after(null); ; ) {
      for (StoredFile file : page.files()) {
        item(json, call, page, file);
        count++;
      }
      Optional<FileId> last = page.last();
      if (last.isEmpty()) {
        break;
      }
      page = pages.after(last.get());
    }
    json.writeEndArray();
    return count;
  }

  private static void item(JsonGenerator json, Call call, FileListing.Page page, StoredFile file) {
    json.writeStartObject();
    FileJson.item(json, file, page.hideLinks() ? "" : call.url(file.link()));
    String path = page.paths().get(file.folder());
    if (path != null) {
      boolean root = file.folder().equals(call.access().root());
      json.writeNumberProperty("folder_id", root ? 0 : file.folder().value());
      json.writeStringProperty("path", path);
    }
    json.writeEndObject();
  }
}
