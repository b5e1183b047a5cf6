package io.consigne.server.api.guide;

import io.consigne.core.failure.Failure;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.Downloads;
import io.consigne.core.links.Links;
import io.consigne.core.links.Visitor;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.Folders;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.tree.StoredFiles;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the guide does with files. */
final class FileCalls {
  private static final String[] DESTINATION = {
    "destination_folder_id", "folder_id", "folder", "destination"
  };

  private final StoredFiles files;
  private final Folders folders;
  private final Links links;
  private final Downloads downloads;
  private final UnaryOperator<String> downloadPath;

  /**
   * Calls the domain.
   *
   * @param downloadPath the path at which the file of a token is served
   */
  FileCalls(
      StoredFiles files,
      Folders folders,
      Links links,
      Downloads downloads,
      UnaryOperator<String> downloadPath) {
    this.files = files;
    this.folders = folders;
    this.links = links;
    this.downloads = downloads;
    this.downloadPath = downloadPath;
  }

  /** The address from which a file can be fetched for a while. */
  GuideEndpoint.Answer save(GuideCall call) {
    if (!call.access().plan().apiDownloads()) {
      throw new Failure.PlanLacks("downloads by key").asException();
    }
    Visitor visitor = call.visitor();
    Links.Opened opened = links.open(FileRef.of(call.parameters().file()), visitor);
    StoredFile file = opened.file();
    String token = downloads.issue(opened, visitor, file.attributes().inline(), false);
    return GuideEndpoint.Answer.of(
        Map.of(
            "url", call.origin().url() + downloadPath.apply(token),
            "filename", file.name().value(),
            "size", file.size()));
  }

  GuideEndpoint.Answer info(GuideCall call) {
    Links.Opened opened = links.open(FileRef.of(call.parameters().file()), call.visitor());
    return GuideEndpoint.Answer.of(FileItem.of(opened.file(), call.url(opened.file().link())));
  }

  /** Removes files, or one folder that is empty. */
  GuideEndpoint.Answer delete(GuideCall call) {
    if (call.parameters().hasFile()) {
      List<LinkId> removed = files.remove(call.access(), call.parameters().files());
      return changed("removed", call, removed);
    }
    FolderRef folder =
        call.parameters()
            .folder("folder_id", "folder")
            .orElseThrow(() -> Parameters.missing("url"));
    folders.remove(call.access(), folder);
    return GuideEndpoint.Answer.of(Map.of("removed", 1));
  }

  GuideEndpoint.Answer rename(GuideCall call) {
    FileName name =
        FileName.parse(call.parameters().required("filename", "name", "new_name", "rename"));
    var wanted = new StoredFiles.Rename(call.parameters().file(), name);
    StoredFiles.Renamed renamed = files.rename(call.access(), List.of(wanted)).getFirst();
    return GuideEndpoint.Answer.of(
        Map.of(
            "renamed", 1,
            "url", call.url(renamed.after().link()),
            "old_filename", renamed.before().name().value(),
            "filename", renamed.after().name().value()));
  }

  GuideEndpoint.Answer move(GuideCall call) {
    FolderRef destination =
        call.parameters().folder(DESTINATION).orElseThrow(() -> Parameters.missing(DESTINATION[0]));
    List<StoredFile> moved =
        files.move(call.access(), call.parameters().files(), destination, null);
    return changed("moved", call, moved.stream().map(StoredFile::link).toList());
  }

  private static GuideEndpoint.Answer changed(String count, GuideCall call, List<LinkId> links) {
    return GuideEndpoint.Answer.of(
        Map.of(count, links.size(), "urls", links.stream().map(call::url).toList()));
  }
}
