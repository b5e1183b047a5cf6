package io.consigne.client.wire;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Locks;
import io.consigne.client.model.RemoteFile.Place;
import io.consigne.client.model.RemoteFile.Times;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Files as listings, {@code file/info.cgi} and reports tell them. */
final class Items {
  private Items() {}

  static RemoteFile file(JsonObject item) {
    String url = item.filled("url");
    String type = item.filled("content-type");
    return new RemoteFile(
        url == null ? null : new FileLink(url),
        item.textOrEmpty("filename"),
        item.number("size"),
        new Times(item.time("date"), item.time("modified")),
        new Checksums(hex(item.filled("checksum")), hex(item.filled("sha256"))),
        type == null ? item.textOrEmpty("content_type") : type,
        // In file/info, acl is an object: then there are rules.
        new Locks(item.isOn("pass"), item.isOn("acl") || item.object("acl").isPresent()),
        place(item));
  }

  private static @Nullable Place place(JsonObject item) {
    Long folder = item.numberOrNull("folder_id");
    return folder == null || folder < 0 ? null : new Place(new FolderId(folder), item.text("path"));
  }

  static @Nullable String hex(@Nullable String digits) {
    return digits == null ? null : digits.toLowerCase(Locale.ROOT);
  }
}
