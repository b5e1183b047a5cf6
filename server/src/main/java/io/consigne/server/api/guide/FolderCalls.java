package io.consigne.server.api.guide;

import io.consigne.core.ids.FileId;
import io.consigne.core.tree.FileFilter;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.Folder;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderView;
import io.consigne.core.tree.Folders;
import io.consigne.core.tree.StoredFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** What the guide does with folders. */
final class FolderCalls {
  private final Folders folders;
  private final FileListing listing;

  FolderCalls(Folders folders, FileListing listing) {
    this.folders = folders;
    this.listing = listing;
  }

  /** A folder with the folders and files in it. */
  GuideEndpoint.Answer list(GuideCall call) {
    FolderRef ref = folder(call);
    FolderView view = folders.view(call.access(), ref);
    FileListing.Page first = listing.folder(call.access(), ref, FileFilter.ALL, null);
    return json -> {
      json.writeNumberProperty("folder_id", view.root() ? 0 : view.folder().id().value());
      json.writeStringProperty("name", view.folder().name());
      json.writePOJOProperty("sub_folders", children(view));
      json.writeNumberProperty("count", items(json, call, ref, first));
    };
  }

  private static List<Map<String, Object>> children(FolderView view) {
    Stream<Folder> foreign = view.foreign().stream().map(FolderView.ForeignFolder::folder);
    return Stream.concat(view.folders().stream(), foreign)
        .map(child -> Map.<String, Object>of("id", child.id().value(), "name", child.name()))
        .toList();
  }

  /** The files of a folder alone. */
  GuideEndpoint.Answer files(GuideCall call) {
    FolderRef ref = folder(call);
    FileListing.Page first = listing.folder(call.access(), ref, FileFilter.ALL, null);
    return json -> json.writeNumberProperty("count", items(json, call, ref, first));
  }

  /** Writes {@code items}, page by page, and returns how many they were. */
  private long items(JsonGenerator json, GuideCall call, FolderRef ref, FileListing.Page first) {
    json.writeArrayPropertyStart("items");
    long count = 0;
    Optional<FileListing.Page> page = Optional.of(first);
    while (page.isPresent()) {
      for (StoredFile file : page.get().files()) {
        json.writePOJO(FileItem.of(file, page.get().hideLinks() ? "" : call.url(file.link())));
        count++;
      }
      page = page.get().last().map(last -> after(call, ref, last));
    }
    json.writeEndArray();
    return count;
  }

  private FileListing.Page after(GuideCall call, FolderRef ref, FileId last) {
    return listing.folder(call.access(), ref, FileFilter.ALL, last);
  }

  /** Makes a folder; if there is one of that name, that one is the answer. */
  GuideEndpoint.Answer create(GuideCall call) {
    FileName name = FileName.parseFolder(call.parameters().required("name", "folder_name"));
    Folder made = folders.make(call.access(), folder(call), name);
    return GuideEndpoint.Answer.of(Map.of("folder_id", made.id().value(), "name", made.name()));
  }

  private static FolderRef folder(GuideCall call) {
    return call.parameters().folder(Parameters.FOLDER).orElse(FolderRef.ROOT);
  }
}
