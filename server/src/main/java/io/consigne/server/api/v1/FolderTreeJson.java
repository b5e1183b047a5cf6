package io.consigne.server.api.v1;

import io.consigne.core.ids.FileId;
import io.consigne.core.links.PublicFolders;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.Folder;
import io.consigne.server.http.Exchange;
import java.io.IOException;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * A public folder with the folders in it, for programs: {@code json=1&below=1}, which 1fichier does
 * not have. Each of these folders has its number, name and address; files are as in {@code json=1}.
 */
final class FolderTreeJson {
  private final PublicFolders folders;

  FolderTreeJson(PublicFolders folders) {
    this.folders = folders;
  }

  void send(Exchange exchange, PublicFolders.Opened opened) throws IOException {
    JsonAnswer.write(
        exchange,
        false,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("name", opened.folder().name());
          json.writeArrayPropertyStart("sub_folders");
          inside(exchange, opened, json);
          json.writeEndArray();
          json.writeArrayPropertyStart("files");
          files(exchange, opened, json);
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void inside(Exchange exchange, PublicFolders.Opened opened, JsonGenerator json) {
    String published = opened.published().shareToken().orElseThrow();
    List<Folder> page = folders.folders(opened, "");
    while (!page.isEmpty()) {
      for (Folder folder : page) {
        json.writeStartObject();
        json.writeNumberProperty("id", folder.id().value());
        json.writeStringProperty("name", folder.name());
        json.writeStringProperty(
            "url", FolderJson.publicUrl(exchange.origin(), published) + "/" + folder.id());
        json.writeEndObject();
      }
      page = folders.folders(opened, page.getLast().name());
    }
  }

  private void files(Exchange exchange, PublicFolders.Opened opened, JsonGenerator json) {
    FileId last = null;
    do {
      FileListing.Page page = folders.files(opened, last);
      page.files().forEach(file -> FolderPage.item(json, file, exchange.origin()));
      last = page.lastOrNull();
    } while (last != null);
  }
}
