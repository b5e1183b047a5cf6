package io.consigne.server.commands;

import io.consigne.core.keys.ApiKey;
import io.consigne.server.admin.KeyRequest;
import io.consigne.server.scan.FileScan;
import io.consigne.server.scan.FoundKey;
import io.consigne.server.scan.GitScan;
import io.consigne.server.scan.KeyScan;
import io.consigne.server.scan.ScanReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code consigne key scan}: finds keys where they do not belong. Needs no host, but to revoke. */
@Command(
    name = "scan",
    description = {
      "Find keys in files, folders and git repositories.",
      "Keys of Consigne are known by their checksum, keys of 1fichier by what stands around them."
          + " Archives are not unpacked."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:No key was found.",
      "1:Something could not be read, or a key could not be revoked.",
      "2:The command line makes no sense.",
      "3:Keys were found."
    })
final class KeyScanCommand extends Operator implements Callable<Integer> {
  private static final int FOUND = 3;
  private static final int NOT_DONE = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Files and folders to read; - for the standard input.")
  List<Path> paths = List.of();

  @Option(
      names = "--git",
      paramLabel = "REPO",
      description = "A git repository, to read with its whole history.")
  List<Path> repositories = List.of();

  @Option(names = "--revoke", description = "Revoke those keys that this host made, at once.")
  boolean revoke;

  @Option(names = "--json", description = "Print a JSON object a line, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    if (paths.isEmpty() && repositories.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Nothing to read: say PATH, - or --git");
    }
    var report = new Report();
    for (Path path : paths) {
      if (path.toString().equals("-")) {
        report.read(KeyScan.run(System.in, key -> report.found("-", "", key)));
      } else {
        new FileScan(report).run(path);
      }
    }
    for (Path repository : repositories) {
      try {
        new GitScan(repository, report).run();
      } catch (IOException e) {
        report.unread(repository.toString(), e);
      }
    }
    boolean revoked = !revoke || revoked(report.own);
    report.end();
    if (report.failed || !revoked) {
      return NOT_DONE;
    }
    return report.keys.isEmpty() ? 0 : FOUND;
  }

  private boolean revoked(Set<ApiKey> keys) throws IOException {
    boolean all = true;
    for (ApiKey key : keys) {
      var answer = answer(new KeyRequest.RevokeFound(key.reveal()));
      all &= answer.done();
      line("revoked", Map.of("key", key.toString(), "answer", answer.text()), answer.text());
    }
    return all;
  }

  private void line(String name, Object asJson, String forPeople) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? JSON.writeValueAsString(Map.of(name, asJson)) : forPeople);
    out.flush();
  }

  /** Prints what is found as it is found, and counts. */
  private final class Report implements ScanReport {
    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<ApiKey> own = new LinkedHashSet<>();
    private long sources;
    private long bytes;
    private long places;
    private boolean failed;

    @Override
    public void found(String file, String commit, FoundKey key) {
      places++;
      if (keys.add(key.secret()) && key.kind() == FoundKey.Kind.CONSIGNE) {
        own.add(ApiKey.parse(key.secret()).orElseThrow());
      }
      String kind = key.kind() == FoundKey.Kind.CONSIGNE ? "consigne" : "1fichier";
      var fields = new LinkedHashMap<String, Object>();
      fields.put("file", file);
      fields.put("line", key.line());
      fields.put("commit", commit);
      fields.put("kind", kind);
      fields.put("key", key.redacted());
      String where = file + ":" + key.line() + (commit.isEmpty() ? "" : " (" + commit + ")");
      line("finding", fields, where + ": key of " + kind + " " + key.redacted());
    }

    @Override
    public void read(long length) {
      sources++;
      bytes += length;
    }

    @Override
    public void unread(String what, IOException why) {
      failed = true;
      PrintWriter err = spec.commandLine().getErr();
      err.println("consigne: " + what + " could not be read: " + reason(why));
    }

    private static String reason(IOException why) {
      return why instanceof java.nio.file.NoSuchFileException
          ? "it does not exist"
          : String.valueOf(why.getMessage());
    }

    void end() {
      line(
          "report",
          Map.of("read", sources, "bytes", bytes, "places", places, "keys", keys.size()),
          "%,d read, %,d bytes: %s"
              .formatted(
                  sources,
                  bytes,
                  keys.isEmpty()
                      ? "no key"
                      : Amount.count(keys.size(), "key") + " in " + Amount.count(places, "place")));
    }
  }
}
