package io.consigne.server.api.v1;

import static io.consigne.server.api.v1.FileJson.bit;

import io.consigne.core.tree.Folder;
import io.consigne.core.tree.FolderView;
import io.consigne.core.tree.Share;
import io.consigne.server.http.Origin;
import tools.jackson.core.JsonGenerator;

/**
 * Folders as {@code folder/ls.cgi} shows them. What does not apply is absent; the size of a folder
 * without files is null (reference: 1fichier-api, section 7.1).
 */
final class FolderJson {
  private FolderJson() {}

  static void view(JsonGenerator json, FolderView view, Origin origin) {
    Folder folder = view.folder();
    Endpoint.Answer.ok(json);
    json.writeNumberProperty("folder_id", view.root() ? 0 : folder.id().value());
    json.writeStringProperty("name", folder.name());
    if (folder.parentOrNull() != null) {
      json.writeStringProperty("create_date", ParisTime.write(folder.created()));
    }
    json.writeNumberProperty("files", view.files());
    if (view.files() == 0) {
      json.writeNullProperty("size");
    } else {
      json.writeNumberProperty("size", view.sizeBytes());
    }
    sharing(json, view, origin);
    json.writeArrayPropertyStart("sub_folders");
    view.folders().forEach(child -> child(json, child));
    view.foreign().forEach(foreign -> foreign(json, foreign));
    json.writeEndArray();
  }

  private static void sharing(JsonGenerator json, FolderView view, Origin origin) {
    boolean own = view.sharedBy().isEmpty();
    if (own && view.folder().shareToken().isPresent()) {
      json.writeStringProperty(
          "shared", publicUrl(origin, view.folder().shareToken().orElseThrow()));
      json.writeNumberProperty("pass", bit(view.folder().sharePassword()));
      if (view.folder().sharesBelow()) {
        json.writeNumberProperty("below", 1);
      }
    }
    if (!view.shares().isEmpty()) {
      json.writeArrayPropertyStart("shares");
      for (Share share : view.shares()) {
        json.writeStartObject();
        json.writeStringProperty("email", share.email());
        rights(json, share);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    view.sharedBy()
        .ifPresent(share -> {
          json.writeStringProperty("user", share.email());
          rights(json, share);
        });
  }

  private static void child(JsonGenerator json, Folder folder) {
    json.writeStartObject();
    members(json, folder);
    json.writeEndObject();
  }

  private static void foreign(JsonGenerator json, FolderView.ForeignFolder foreign) {
    json.writeStartObject();
    members(json, foreign.folder());
    json.writeStringProperty("user", foreign.share().email());
    rights(json, foreign.share());
    json.writeEndObject();
  }

  private static void members(JsonGenerator json, Folder folder) {
    json.writeNumberProperty("id", folder.id().value());
    json.writeStringProperty("name", folder.name());
    json.writeStringProperty("create_date", ParisTime.write(folder.created()));
    json.writeNumberProperty("pass", bit(folder.sharePassword()));
  }

  private static void rights(JsonGenerator json, Share share) {
    json.writeNumberProperty("rw", bit(share.writable()));
    json.writeNumberProperty("hide_links", bit(share.hideLinks()));
  }

  /** The public address of a folder. */
  static String publicUrl(Origin origin, String token) {
    return origin.url() + "/dir/" + token;
  }
}
