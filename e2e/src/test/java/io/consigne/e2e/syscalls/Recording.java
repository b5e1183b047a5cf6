package io.consigne.e2e.syscalls;

import io.consigne.e2e.Api;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/**
 * What a host was asked and did: a large upload, a small one, a new folder, a renaming, a removal,
 * a setting, a copy, a move, a password of a file, a folder that is opened to all, a key that is
 * made and revoked, then fifty small uploads at once.
 *
 * @param home above the data directory
 * @param key of the first start
 * @param calls all that the host did
 * @param answered what it was asked to change
 * @param token how it gave a signed address of a file
 */
record Recording(
    Path home, String key, List<SystemCall> calls, List<Answered> answered, Exchange token) {
  private static final int AT_ONCE = 50;

  /** Runs a new host in {@code home}. */
  static Recording in(Path home) throws InterruptedException, ExecutionException {
    var answered = new ArrayList<Answered>();
    Exchange token;
    TracedHost host = TracedHost.start(home);
    try (host) {
      answered.add(upload(host, "large.bin", 3_000_000));
      answered.add(upload(host, "small.bin", 20_000));
      answered.add(
          new Answered(
              host.call("folder/mkdir.cgi", "{\"name\":\"made\"}"), new Promise.Folder("made")));
      answered.add(renamed(host));
      answered.add(removed(host));
      answered.add(
          new Answered(
              host.call("user/info.cgi", "{\"ftp_did\":987654321}"),
              new Promise.Chosen("ftp_did", 987_654_321)));
      answered.add(copied(host));
      answered.add(moved(host));
      answered.add(closed(host));
      answered.add(opened(host));
      answered.addAll(key(host));
      answered.addAll(atOnce(host));
      token =
          host.call(
              "download/get_token.cgi", "{\"url\":\"%s\"}".formatted(link(host, "small.bin")));
    }
    return new Recording(home, host.key(), host.calls(), answered, token);
  }

  private static Answered upload(TracedHost host, String name, int size) {
    var content = new Promise.Bytes(name.hashCode(), size);
    return new Answered(host.upload(name, content.drawn()), new Promise.Kept(name, content));
  }

  private static Answered renamed(TracedHost host) {
    var content = new Promise.Bytes(1, 5000);
    host.upload("before.bin", content.drawn());
    return new Answered(
        host.call(
            "file/rename.cgi",
            "{\"urls\":[{\"url\":\"%s\",\"filename\":\"after.bin\"}]}"
                .formatted(link(host, "before.bin"))),
        new Promise.Kept("after.bin", content));
  }

  private static Answered removed(TracedHost host) {
    host.upload("gone.bin", new Promise.Bytes(2, 5000).drawn());
    return new Answered(
        host.call(
            "file/rm.cgi", "{\"files\":[{\"url\":\"%s\"}]}".formatted(link(host, "gone.bin"))),
        new Promise.Gone("gone.bin"));
  }

  private static Answered copied(TracedHost host) {
    var content = new Promise.Bytes("small.bin".hashCode(), 20_000);
    return new Answered(
        host.call(
            "file/cp.cgi",
            "{\"urls\":[\"%s\"],\"folder_id\":0,\"rename\":\"copy.bin\"}"
                .formatted(link(host, "small.bin"))),
        new Promise.Kept("copy.bin", content));
  }

  private static Answered moved(TracedHost host) {
    host.upload("moved.bin", new Promise.Bytes(3, 5000).drawn());
    return new Answered(
        host.call(
            "file/mv.cgi",
            "{\"urls\":[\"%s\"],\"destination_folder_id\":%d}"
                .formatted(link(host, "moved.bin"), folder(host, "made"))),
        new Promise.Changed(
            "moved.bin",
            "SELECT d.name FROM files f JOIN folders d ON d.id = f.folder_id"
                + " WHERE f.name = 'moved.bin' AND d.name = 'made'"));
  }

  private static Answered closed(TracedHost host) {
    return new Answered(
        host.call(
            "file/chattr.cgi",
            "{\"urls\":[\"%s\"],\"pass\":\"secret6\"}".formatted(link(host, "after.bin"))),
        new Promise.Changed(
            "after.bin",
            "SELECT name FROM files WHERE name = 'after.bin' AND password IS NOT NULL"));
  }

  private static Answered opened(TracedHost host) {
    host.call("folder/mkdir.cgi", "{\"name\":\"opened\"}");
    return new Answered(
        host.call(
            "folder/share.cgi", "{\"folder_id\":%d,\"share\":1}".formatted(folder(host, "opened"))),
        new Promise.Changed(
            "opened",
            "SELECT name FROM folders WHERE name = 'opened' AND share_token IS NOT NULL"));
  }

  private static List<Answered> key(TracedHost host) {
    String find = "SELECT name FROM api_keys WHERE name = 'shortlived'";
    return List.of(
        new Answered(
            host.call("key/add.cgi", "{\"name\":\"shortlived\",\"scopes\":[\"read\"]}"),
            new Promise.Changed("shortlived", find)),
        new Answered(
            host.call("key/revoke.cgi", "{\"key\":\"shortlived\"}"),
            new Promise.Changed("shortlived", find + " AND revoked_at IS NOT NULL")));
  }

  private static long folder(TracedHost host, String name) {
    var api = new Api(host.url(), host.key());
    for (JsonNode folder : api.call("folder/ls.cgi", "{}").path("sub_folders")) {
      if (folder.path("name").asString().equals(name)) {
        return folder.path("id").asLong();
      }
    }
    throw new AssertionError("not listed: " + name);
  }

  private static String link(TracedHost host, String name) {
    for (JsonNode file : new Api(host.url(), host.key()).call("file/ls.cgi", "{}").path("items")) {
      if (file.path("filename").asString().equals(name)) {
        return file.path("url").asString();
      }
    }
    throw new AssertionError("not listed: " + name);
  }

  private static List<Answered> atOnce(TracedHost host)
      throws InterruptedException, ExecutionException {
    var uploads = new ArrayList<Future<Answered>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < AT_ONCE; i++) {
        String name = "one-of-many-" + i + ".bin";
        uploads.add(threads.submit(() -> upload(host, name, 10_000)));
      }
    }
    var answered = new ArrayList<Answered>();
    for (Future<Answered> upload : uploads) {
      answered.add(upload.get());
    }
    return answered;
  }

  /** How many files there are in the end. */
  int files() {
    return (int) answered.stream().filter(each -> each.promise() instanceof Promise.Kept).count();
  }

  /** The data directory. */
  Path data() {
    return home.resolve("data");
  }

  /** The call that told the operator something. */
  static SystemCall shown(List<SystemCall> calls, String text) {
    return calls.stream()
        .filter(call -> call.isWrite() && call.arguments().contains("\"" + text))
        .findFirst()
        .orElseThrow();
  }

  /** The path of a store file. */
  String path(String storeFile) {
    return data().resolve("blobs").resolve(storeFile.substring(0, 2)).resolve(storeFile).toString();
  }

  /**
   * Something that was asked.
   *
   * @param exchange the request and its answer
   * @param promise what the answer promised
   */
  record Answered(Exchange exchange, Promise promise) {}
}
