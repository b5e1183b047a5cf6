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
    FileListing.Pages pages = pages(call, ref);
    return json -> {
      json.writeNumberProperty("folder_id", view.root() ? 0 : view.folder().id().value());
      json.writeStringProperty("name", view.folder().name());
      json.writePOJOProperty("sub_folders", children(view));
      json.writeNumberProperty("count", items(json, call, pages));
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
    FileListing.Pages pages = pages(call, folder(call));
    return json -> json.writeNumberProperty("count", items(json, call, pages));
  }

  private FileListing.Pages pages(GuideCall call, FolderRef ref) {
    return FileListing.begun(after -> listing.folder(call.access(), ref, FileFilter.ALL, after));
  }

  /** Writes {@code items}, page by page, and returns how many they were. */
  private static long items(JsonGenerator json, GuideCall call, FileListing.Pages pages) {
    json.writeArrayPropertyStart("items");
    long count = 0;
    for (FileListing.Page page = pages.after(null); ; ) {
      for (StoredFile file : page.files()) {
        json.writePOJO(FileItem.of(file, page.hideLinks() ? "" : call.url(file.link())));
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
