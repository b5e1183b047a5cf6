package io.consigne.client.standin;

import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.StoredFolder.Guest;
import io.consigne.client.standin.StoredFolder.Sharing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The calls {@code folder/…} (reference: 1fichier-api, 7). What is not known of 1fichier.com is as
 * hard on a client as it may be: there is a second folder of a name, and refusals are 403.
 */
final class FolderAnswers {
  private final StandInFiles files;
  private final StandInFolders folders;
  private final FileAnswers items;
  private final String host;

  FolderAnswers(StandInFiles files, FileAnswers items, String host) {
    this.files = files;
    this.folders = files.folders();
    this.items = items;
    this.host = host;
  }

  private static long id(JsonNode body) {
    return body.path("folder_id").asLong(StandInFolders.ROOT);
  }

  Reply list(JsonNode body) {
    StoredFolder folder = folders.find(id(body));
    if (folder == null) {
      return Told.missing();
    }
    List<StoredFile> inside = files.listed(folder.id());
    var answer = new LinkedHashMap<String, Object>();
    answer.put("status", "OK");
    answer.put("folder_id", folder.id());
    answer.put("name", folder.name());
    answer.put("files", inside.size());
    answer.put("sub_folders", folders.in(folder.id()).stream().map(FolderAnswers::line).toList());
    if (folder.id() != StandInFolders.ROOT) {
      answer.put("create_date", Told.date(folder.made()));
    }
    sharing(folder.sharing(), answer);
    if (body.path("files").asInt(0) == 1) {
      answer.put("items", items.items(inside));
    }
    return Told.ok(answer);
  }

  private static Map<String, Object> line(StoredFolder folder) {
    return Map.of(
        "id",
        folder.id(),
        "name",
        folder.name(),
        "create_date",
        Told.date(folder.made()),
        "pass",
        folder.sharing().password().isEmpty() ? 0 : 1);
  }

  /** What does not apply is absent. */
  private void sharing(Sharing sharing, Map<String, Object> answer) {
    if (sharing.token() != null) {
      answer.put("shared", address(sharing.token()));
      answer.put("pass", sharing.password().isEmpty() ? 0 : 1);
    }
    if (!sharing.guests().isEmpty()) {
      answer.put(
          "shares",
          sharing.guests().stream()
              .map(guest ->
                  Map.of("email", guest.email(), "rw", guest.rw(), "hide_links", guest.hideLinks()))
              .toList());
    }
  }

  private String address(String token) {
    return "http://" + host + "/dir/" + token;
  }

  Reply make(JsonNode body) {
    String name = body.path("name").asString("");
    if (folders.find(id(body)) == null || name.isEmpty()) {
      return Told.missing();
    }
    return Told.ok(Map.of("status", "OK", "folder_id", folders.make(id(body), name), "name", name));
  }

  /**
   * With a new name alone, the folder stays where it is. Else the target is the root if none is
   * named, and a new name is given on the way.
   */
  Reply move(JsonNode body) {
    StoredFolder folder = folders.find(id(body));
    String name = body.path("rename").asString("");
    boolean stays = !name.isEmpty() && !body.hasNonNull("destination_folder_id");
    long target = body.path("destination_folder_id").asLong(StandInFolders.ROOT);
    if (folder == null || folders.find(target) == null) {
      return Told.missing();
    }
    if (folder.id() == StandInFolders.ROOT || (!stays && folders.isWithin(target, folder.id()))) {
      return Told.notAllowed();
    }
    StoredFolder there = stays ? folder : folder.in(target);
    StoredFolder called = name.isEmpty() ? there : there.called(name);
    folders.keep(called);
    return Told.ok(Map.of("status", "OK", "old_name", folder.name(), "new_name", called.name()));
  }

  Reply remove(JsonNode body) {
    StoredFolder folder = folders.find(id(body));
    if (folder == null) {
      return Told.missing();
    }
    if (folder.id() == StandInFolders.ROOT) {
      return Told.notAllowed();
    }
    if (!files.in(folder.id()).isEmpty() || !folders.in(folder.id()).isEmpty()) {
      return Told.ko(403, "Folder not empty #614");
    }
    folders.remove(folder.id());
    return Told.ok(Map.of("status", "OK", "message", "OK"));
  }

  Reply share(JsonNode body) {
    StoredFolder folder = folders.find(id(body));
    if (folder == null) {
      return Told.missing();
    }
    if (folder.id() == StandInFolders.ROOT) {
      return Told.notAllowed();
    }
    Sharing before = folder.sharing();
    boolean open = body.path("share").asInt(before.token() == null ? 0 : 1) == 1;
    String password = body.path("pass").asString(before.password());
    List<Guest> guests = body.hasNonNull("shares") ? guests(body.path("shares")) : before.guests();
    String token = open ? "D" + folder.id() : null;
    folders.keep(folder.shared(new Sharing(token, open ? password : "", guests)));
    return token == null
        ? Told.ok(Map.of("status", "OK"))
        : Told.ok(Map.of("status", "OK", "url", address(token)));
  }

  /** Who sees no links may not write; addresses are kept in small letters. */
  private static List<Guest> guests(JsonNode shares) {
    return Told.each(shares)
        .map(share -> {
          int hides = share.path("hide_links").asInt(0);
          int writes = hides == 1 ? 0 : share.path("rw").asInt(0);
          String email = share.path("email").asString().toLowerCase(Locale.ROOT);
          return new Guest(email, writes, hides);
        })
        .toList();
  }
}
