package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.core.tree.FileFilter;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.Folder;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.FolderView;
import io.consigne.core.tree.Folders;
import io.consigne.core.tree.Share;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /v1/folder/*.cgi}. */
final class FolderEndpoints {

  private final Folders folders;
  private final FolderSharing sharing;
  private final FileListing listing;
  private final AttributeRequest attributes;

  FolderEndpoints(
      Folders folders, FolderSharing sharing, FileListing listing, AttributeRequest attributes) {
    this.folders = folders;
    this.sharing = sharing;
    this.listing = listing;
    this.attributes = attributes;
  }

  Map<String, Endpoint> routes() {
    return Map.of(
        "folder/ls.cgi", this::list,
        "folder/mkdir.cgi", this::make,
        "folder/mv.cgi", this::move,
        "folder/rm.cgi", this::remove,
        "folder/share.cgi", this::share,
        "folder/leave.cgi", this::leave);
  }

  private Endpoint.Answer list(Call call) {
    FolderRef ref = call.folder("folder_id", "sharing_user");
    FolderView view = folders.view(call.access(), ref);
    if (!call.body().flag("files").orElse(false)) {
      return json -> FolderJson.view(json, view, call.origin());
    }
    FileListing.Pages pages =
        FileListing.begun(after -> listing.folder(call.access(), ref, FileFilter.ALL, after));
    return json -> {
      FolderJson.view(json, view, call.origin());
      ListEndpoint.items(json, call, pages);
    };
  }

  private Endpoint.Answer make(Call call) {
    FileName name = FileName.parseFolder(call.body().required("name"));
    Folder made = folders.make(call.access(), call.folder("folder_id", "sharing_user"), name);
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeNumberProperty("folder_id", made.id().value());
      json.writeStringProperty("name", made.name());
    };
  }

  /**
   * Moves, renames, or both. rclone leaves {@code destination_folder_id} out when it means the
   * root, and always sends {@code destination_user} and {@code rename} (reference: rclone-wire,
   * 23): the presence of {@code destination_user} tells such a move from a mere renaming.
   */
  private Endpoint.Answer move(Call call) {
    boolean moves =
        call.body().number("destination_folder_id").isPresent()
            || call.body().has("destination_user");
    FolderRef destination = moves ? call.folder("destination_folder_id", "destination_user") : null;
    Optional<FileName> name = call.body().filled("rename").map(FileName::parseFolder);
    if (destination == null && name.isEmpty()) {
      throw new Failure.Invalid("destination_folder_id", "", "is missing").asException();
    }
    Folders.Moved moved = folders.move(call.access(), source(call), destination, name.orElse(null));
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeStringProperty("old_name", moved.before().name());
      json.writeStringProperty("new_name", moved.after().name());
    };
  }

  private Endpoint.Answer remove(Call call) {
    folders.remove(call.access(), source(call));
    return Endpoint.Answer.OK;
  }

  private Endpoint.Answer share(Call call) {
    Folder folder =
        sharing.change(
            call.access(),
            source(call),
            new FolderSharing.Change(
                call.body().flag("share").orElse(null),
                attributes.password(call.body()),
                shares(call.body()).orElse(null),
                call.body().flag("below").orElse(null)));
    return json -> {
      Endpoint.Answer.ok(json);
      folder
          .shareToken()
          .ifPresent(
              token -> json.writeStringProperty("url", FolderJson.publicUrl(call.origin(), token)));
    };
  }

  private Endpoint.Answer leave(Call call) {
    sharing.leave(call.access(), source(call));
    return Endpoint.Answer.OK;
  }

  private static Optional<List<Share>> shares(JsonRequest body) {
    Optional<List<JsonRequest>> wanted = body.objects("shares");
    wanted
        .filter(list -> list.size() > WireLimits.SHARES_PER_FOLDER)
        .ifPresent(list -> {
          throw new Failure.TooLarge("shares", list.size(), WireLimits.SHARES_PER_FOLDER)
              .asException();
        });
    return wanted.map(list ->
        list.stream()
            .map(one ->
                new Share(
                    one.required("email"),
                    one.flag("rw").orElse(false),
                    one.flag("hide_links").orElse(false)))
            .toList());
  }

  private static FolderRef source(Call call) {
    if (call.body().number("folder_id").isEmpty()) {
      throw new Failure.Invalid("folder_id", "", "is missing").asException();
    }
    return call.folder("folder_id", "sharing_user");
  }
}
