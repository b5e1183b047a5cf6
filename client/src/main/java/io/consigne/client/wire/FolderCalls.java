package io.consigne.client.wire;

import io.consigne.client.model.Folder;
import io.consigne.client.model.Folder.Guest;
import io.consigne.client.model.Folder.Sharing;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.Limit;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.wire.Call.Done;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls {@code folder/…} (reference: 1fichier-api, 7). */
public final class FolderCalls {
  /** Where 1fichier.com stops listing. */
  public static final int LONGEST_LISTING = 5_000;

  private FolderCalls() {}

  /**
   * A folder with all that is directly inside, by one call.
   *
   * @param complete whether the host lists everything at any size
   */
  public static Call<FolderListing> list(FolderId folder, boolean complete) {
    var body = new LinkedHashMap<String, Object>();
    body.put("folder_id", folder.value());
    body.put("files", 1);
    return Call.reading("folder/ls.cgi", body, answer -> listing(answer, complete))
        .costing(Limit.FOLDER, folder.toString());
  }

  /** Makes a folder; answers its id. A host may make a second one of the same name. */
  public static Call<FolderId> make(FolderId parent, String name) {
    var body = new LinkedHashMap<String, Object>();
    body.put("name", name);
    body.put("folder_id", parent.value());
    return Call.once("folder/mkdir.cgi", body, answer -> id(answer, "folder_id"));
  }

  /** An answer without an id is none: 0 is the root, and all would be put there. */
  private static FolderId id(JsonObject answer, String member) {
    long id = answer.number(member);
    if (id <= 0) {
      throw new IllegalArgumentException("no id of a folder: " + answer.text(member));
    }
    return new FolderId(id);
  }

  /** Removes an empty folder. */
  public static Call<Done> remove(FolderId folder) {
    return Call.removing("folder/rm.cgi", Map.of("folder_id", folder.value()));
  }

  /** Moves a folder into another. */
  public static Call<Done> move(FolderId folder, FolderId target) {
    var body = new LinkedHashMap<String, Object>();
    body.put("folder_id", folder.value());
    body.put("destination_folder_id", target.value());
    return Call.changing("folder/mv.cgi", body);
  }

  /** Gives a folder another name. */
  public static Call<Done> rename(FolderId folder, String name) {
    var body = new LinkedHashMap<String, Object>();
    body.put("folder_id", folder.value());
    body.put("rename", name);
    return Call.changing("folder/mv.cgi", body);
  }

  /** Publishes a folder, with a password or null; answers its address. */
  public static Call<String> publish(FolderId folder, @Nullable String password) {
    var body = new LinkedHashMap<String, Object>();
    body.put("folder_id", folder.value());
    body.put("share", 1);
    if (password != null) {
      body.put("pass", password);
    }
    return Call.reading("folder/share.cgi", body, FolderCalls::address);
  }

  /** The same with all that lies below it, which Consigne hosts offer. */
  public static Call<String> publishBelow(FolderId folder, @Nullable String password) {
    var body = new LinkedHashMap<String, Object>();
    body.put("folder_id", folder.value());
    body.put("share", 1);
    body.put("below", 1);
    if (password != null) {
      body.put("pass", password);
    }
    return Call.reading("folder/share.cgi", body, FolderCalls::address);
  }

  /** A published folder without an address is none that anybody could open. */
  private static String address(JsonObject answer) {
    String url = answer.filled("url");
    if (url == null) {
      throw new IllegalArgumentException("no address of the published folder");
    }
    return url;
  }

  /** Ends the public address of a folder. */
  public static Call<Done> unpublish(FolderId folder) {
    var body = new LinkedHashMap<String, Object>();
    body.put("folder_id", folder.value());
    body.put("share", 0);
    return Call.changing("folder/share.cgi", body);
  }

  /** Opens a folder to exactly these accounts. */
  public static Call<Done> share(FolderId folder, List<Guest> guests) {
    List<Map<String, Object>> shares =
        guests.stream()
            .map(guest ->
                Map.<String, Object>of(
                    "email", guest.email(),
                    "rw", guest.writes() ? 1 : 0,
                    "hide_links", guest.hidesLinks() ? 1 : 0))
            .toList();
    var body = new LinkedHashMap<String, Object>();
    body.put("folder_id", folder.value());
    body.put("shares", shares);
    return Call.changing("folder/share.cgi", body);
  }

  /** Gives up a folder of another account, which Consigne hosts offer. */
  public static Call<Done> leave(FolderId folder) {
    return Call.removing("folder/leave.cgi", Map.of("folder_id", folder.value()));
  }

  private static FolderListing listing(JsonObject answer, boolean complete) {
    List<RemoteFile> files = answer.objects("items").stream().map(Items::file).toList();
    boolean whole =
        files.size() >= answer.number("files") && (complete || files.size() < LONGEST_LISTING);
    return new FolderListing(
        folder(answer, new FolderId(Math.max(0, answer.number("folder_id")))),
        answer.objects("sub_folders").stream().map(sub -> folder(sub, id(sub, "id"))).toList(),
        files,
        whole);
  }

  private static Folder folder(JsonObject answer, FolderId id) {
    return new Folder(
        id,
        answer.textOrEmpty("name"),
        answer.time("create_date"),
        new Sharing(
            answer.filled("shared"),
            answer.isOn("pass"),
            answer.objects("shares").stream().map(share -> guest(share, "email")).toList(),
            answer.filled("user") == null ? null : guest(answer, "user")));
  }

  private static Guest guest(JsonObject share, String emailMember) {
    return new Guest(share.textOrEmpty(emailMember), share.isOn("rw"), share.isOn("hide_links"));
  }
}
