package io.consigne.client.wire;

import io.consigne.client.model.AccessRules;
import io.consigne.client.model.CopiedFile;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limit;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Removal;
import io.consigne.client.wire.Call.Counted;
import io.consigne.client.wire.Call.Done;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls {@code file/…} (reference: 1fichier-api, 6). */
public final class FileCalls {
  private FileCalls() {}

  /** The files directly inside a folder; both times inclusive, null for no bound. */
  public static Call<List<RemoteFile>> list(
      FolderId folder, @Nullable Instant after, @Nullable Instant before) {
    var body = new LinkedHashMap<String, Object>();
    body.put("folder_id", folder.value());
    if (after != null) {
      body.put("sent_after", ParisTime.format(after));
    }
    if (before != null) {
      body.put("sent_before", ParisTime.format(before));
    }
    return Call.reading("file/ls.cgi", body, FileCalls::items)
        .costing(Limit.FOLDER, folder.toString());
  }

  /**
   * Whether a second and its neighbours can be told apart from others in {@link #list}: when clocks
   * are set back, an hour of local times comes twice.
   */
  public static boolean isToldApart(Instant second) {
    return !ParisTime.isTwice(second.minusSeconds(1)) && !ParisTime.isTwice(second.plusSeconds(1));
  }

  /** All files of the account. */
  public static Call<List<RemoteFile>> listAll() {
    return Call.reading("file/ls.cgi", Map.of("folder_id", -1), FileCalls::items)
        .costing(Limit.ALL_FILES, "");
  }

  /** The files of the account that will be removed, which Consigne hosts tell. */
  public static Call<List<Removal>> removals() {
    return Call.reading("file/ls.cgi", Map.of("folder_id", -1), FileCalls::removals)
        .costing(Limit.ALL_FILES, "");
  }

  private static List<Removal> removals(JsonObject answer) {
    var removals = new ArrayList<Removal>();
    for (JsonObject item : answer.objects("items")) {
      Instant time = item.time("removal");
      if (time != null) {
        removals.add(new Removal(item.textOrEmpty("filename"), item.number("size"), time));
      }
    }
    return removals;
  }

  /** One file; {@code password} is that of its link, or null. */
  public static Call<FileDetails> info(FileLink link, @Nullable String password) {
    var body = new LinkedHashMap<String, Object>();
    body.put("url", link.url());
    if (password != null) {
      body.put("pass", password);
    }
    return Call.reading("file/info.cgi", body, FileCalls::details);
  }

  /** Removes files. */
  public static Call<Done> remove(List<FileLink> links) {
    List<Map<String, String>> files =
        links.stream().map(link -> Map.of("url", link.url())).toList();
    return Call.removing("file/rm.cgi", Map.of("files", files));
  }

  /** Moves files into a folder. */
  public static Call<Counted> move(List<FileLink> links, FolderId target) {
    var body = new LinkedHashMap<String, Object>();
    body.put("urls", urls(links));
    body.put("destination_folder_id", target.value());
    return Call.counting("file/mv.cgi", body, "moved", links.size());
  }

  /** Gives files other names. */
  public static Call<Counted> rename(Map<FileLink, String> names) {
    List<Map<String, String>> urls =
        names.entrySet().stream()
            .map(entry -> Map.of("url", entry.getKey().url(), "filename", entry.getValue()))
            .toList();
    return Call.counting("file/rename.cgi", Map.of("urls", urls), "renamed", names.size());
  }

  /** Copies files into a folder. */
  public static Call<List<CopiedFile>> copy(
      List<FileLink> links, FolderId target, @Nullable String password) {
    var body = new LinkedHashMap<String, Object>();
    body.put("urls", urls(links));
    body.put("folder_id", target.value());
    if (password != null) {
      body.put("pass", password);
    }
    return Call.once("file/cp.cgi", body, FileCalls::copies);
  }

  /**
   * Changes what is said of files; answers those that the host says it has changed, among which may
   * be those that were so already, or not. An end of their links is for hosts that know it.
   */
  public static Call<List<FileLink>> change(List<FileLink> links, FileChange change) {
    var body = new LinkedHashMap<String, Object>();
    body.put("urls", urls(links));
    if (change.description() != null) {
      body.put("description", change.description());
    }
    if (change.password() != null) {
      body.put("pass", change.password());
    }
    if (change.inline() != null) {
      body.put("inline", change.inline() ? 1 : 0);
    }
    if (change.rules() != null) {
      body.put("acl", rules(change.rules()));
    }
    return Call.changing(
        "file/chattr.cgi",
        body,
        answer ->
            answer.texts("urls").stream()
                .filter(url -> !url.isBlank())
                .map(FileLink::new)
                .toList());
  }

  private static Map<String, Object> rules(AccessRules rules) {
    var acl = new LinkedHashMap<String, Object>();
    if (!rules.networks().isEmpty()) {
      acl.put("ip", rules.networks());
    }
    if (!rules.countries().isEmpty()) {
      acl.put("country", rules.countries());
    }
    if (!rules.emails().isEmpty()) {
      acl.put("email", rules.emails());
    }
    if (rules.payingOnly()) {
      acl.put("premium", 1);
    }
    if (rules.expires() != null) {
      acl.put("expires", rules.expires().toString());
    }
    return acl;
  }

  private static List<String> urls(List<FileLink> links) {
    return links.stream().map(FileLink::url).toList();
  }

  private static List<RemoteFile> items(JsonObject answer) {
    return answer.objects("items").stream().map(Items::file).toList();
  }

  private static FileDetails details(JsonObject answer) {
    return new FileDetails(
        Items.file(answer),
        answer.textOrEmpty("description"),
        answer.isOn("inline"),
        answer.object("acl").map(FileCalls::rules).orElse(null));
  }

  private static AccessRules rules(JsonObject acl) {
    return new AccessRules(
        acl.texts("ip"),
        acl.texts("country"),
        acl.texts("email"),
        acl.isOn("premium"),
        acl.instant("expires"));
  }

  private static List<CopiedFile> copies(JsonObject answer) {
    return answer.objects("urls").stream()
        .map(url ->
            new CopiedFile(
                new FileLink(url.textOrEmpty("from_url")), new FileLink(url.textOrEmpty("to_url"))))
        .toList();
  }
}
