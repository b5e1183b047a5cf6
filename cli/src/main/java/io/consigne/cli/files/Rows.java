package io.consigne.cli.files;

import io.consigne.cli.remote.Entry;
import io.consigne.cli.talk.Amount;
import io.consigne.client.model.Folder;
import io.consigne.client.model.RemoteFile;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Files and folders as lines and as JSON. */
final class Rows {
  private Rows() {}

  /** All that is known of an entry; what is not known is not there. */
  static Map<String, Object> json(Entry entry) {
    var row = new LinkedHashMap<String, Object>();
    row.put("path", entry.path().toString());
    switch (entry) {
      case Entry.OfFolder folder -> addFolder(row, folder.folder());
      case Entry.OfFile file -> addFile(row, file.file());
    }
    return row;
  }

  private static void addFolder(Map<String, Object> row, Folder folder) {
    row.put("kind", "folder");
    row.put("id", folder.id().value());
    if (folder.created() != null) {
      row.put("created", folder.created().toString());
    }
    if (folder.sharing().publicUrl() != null) {
      row.put("publicUrl", folder.sharing().publicUrl());
    }
  }

  private static void addFile(Map<String, Object> row, RemoteFile file) {
    row.put("kind", "file");
    row.put("sizeBytes", file.sizeBytes());
    if (file.link() != null) {
      row.put("link", file.link().url());
    }
    if (file.times().uploaded() != null) {
      row.put("uploaded", file.times().uploaded().toString());
    }
    if (file.times().modified() != null) {
      row.put("modified", file.times().modified().toString());
    }
    if (file.checksums().sha256() != null) {
      row.put("sha256", file.checksums().sha256());
    }
    if (file.checksums().whirlpool() != null) {
      row.put("whirlpool", file.checksums().whirlpool());
    }
    row.put("password", file.locks().password());
    row.put("rules", file.locks().rules());
  }

  /** A name; folders end with a slash. */
  static String name(Entry entry, String name) {
    return entry instanceof Entry.OfFolder ? name + "/" : name;
  }

  /** Size, time and name. */
  static String wide(Entry entry, String name) {
    return switch (entry) {
      case Entry.OfFolder folder ->
          String.format(
              Locale.ROOT, "%12s  %19s  %s/", "-", Amount.moment(folder.folder().created()), name);
      case Entry.OfFile file ->
          String.format(
              Locale.ROOT,
              "%12d  %19s  %s",
              file.file().sizeBytes(),
              Amount.moment(
                  file.file().times().modified() == null
                      ? file.file().times().uploaded()
                      : file.file().times().modified()),
              name);
    };
  }
}
