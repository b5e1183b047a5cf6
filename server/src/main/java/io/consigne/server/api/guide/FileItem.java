package io.consigne.server.api.guide;

import io.consigne.core.tree.StoredFile;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file as this front shows it: {@code filename}, {@code size} (bytes), {@code date} (of the
 * upload, ISO 8601 in UTC), {@code checksum} (Whirlpool, empty until it is known), {@code sha256},
 * and {@code url} unless it is hidden.
 */
final class FileItem {
  private FileItem() {}

  static Map<String, Object> of(StoredFile file, String url) {
    var members = new LinkedHashMap<String, Object>();
    if (!url.isEmpty()) {
      members.put("url", url);
    }
    members.put("filename", file.name().value());
    members.put("size", file.size());
    members.put("date", file.uploaded().truncatedTo(ChronoUnit.SECONDS).toString());
    members.put("checksum", file.whirlpool());
    members.put("sha256", file.sha256());
    return members;
  }
}
