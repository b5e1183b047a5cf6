package io.consigne.e2e.syscalls;

import io.consigne.e2e.HostProcess;
import io.consigne.e2e.MultipartForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A host whose system calls are recorded. */
final class TracedHost implements AutoCloseable {
  private static final String TRACED =
      "openat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,"
          + "ftruncate,truncate,fallocate,fsync,fdatasync,write,pwrite64,writev,pwritev,pwritev2,"
          + "sendto,sendmsg,copy_file_range,sendfile,accept,accept4";

  /** More than one write has. */
  private static final int SHOWN_BYTES = 300_000;

  private final Path home;
  private final HostProcess host;

  private TracedHost(Path home, HostProcess host) {
    this.home = home;
    this.host = host;
  }

  /** Starts a new host in {@code home}, below which everything is that it writes. */
  static TracedHost start(Path home, String... options) {
    return new TracedHost(
        home, HostProcess.startUnder(strace(log(home)), home.resolve("data"), options));
  }

  /** What to put before a command line, so that its system calls are written to {@code log}. */
  static List<String> strace(Path log) {
    return List.of(
        "strace",
        "--seccomp-bpf",
        "-f",
        "-yy",
        "-s" + SHOWN_BYTES,
        "-etrace=" + TRACED,
        "-o" + log);
  }

  private static Path log(Path home) {
    return home.resolveSibling(home.getFileName() + ".strace");
  }

  String url() {
    return host.url();
  }

  String key() {
    return host.key();
  }

  /** Calls {@code /v1/<path>} on a connection of its own. */
  Exchange call(String path, String json) {
    return post("/v1/" + path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** Uploads one file on a connection of its own. */
  Exchange upload(String name, byte[] content) {
    byte[] body = new MultipartForm().file(name, content).bytes();
    return post("/upload.cgi", MultipartForm.CONTENT_TYPE, body);
  }

  private Exchange post(String path, String type, byte[] body) {
    String head =
        """
        POST %s HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Authorization: Bearer %s\r
        Content-Type: %s\r
        Content-Length: %d\r
        Connection: close\r
        \r
        """
            .formatted(path, host.port(), host.key(), type, body.length);
    return Exchange.send(host.port(), head.getBytes(StandardCharsets.US_ASCII), body);
  }

  /** What was recorded, when the host has stopped. */
  List<SystemCall> calls() {
    return StraceLog.read(log(home));
  }

  @Override
  public void close() {
    host.close();
  }
}
