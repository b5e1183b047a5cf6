package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.RemoteUploads;
import io.consigne.client.model.FolderId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for fetches. */
@Command(
    name = "add",
    description = "Have sources fetched; print the number of the request.",
    footer = {
      "",
      "Sources are http, https, ftp and ftps addresses, and links of files. Other users of this",
      "machine may see the arguments of a process: a cookie or password is better in a file.",
      "  consigne remote add https://example.org/film.mkv --folder /films --wait",
      "  grep -o 'https://[^\"]*' page.html | consigne remote add --from -"
    })
final class AddCommand extends RemoteCommand {
  @Spec CommandSpec spec;

  @Option(
      names = "--folder",
      paramLabel = "REMOTE",
      description = "Where the files go; made if it is missing. Default: the root")
  String folder = "/";

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Read sources from this file, one a line; - is the standard input.")
  @Nullable String from;

  @Option(
      names = "--header",
      paramLabel = "NAME:VALUE",
      description = "Send this to each source; may be repeated. Others may see it: see below.")
  List<String> headers = new ArrayList<>();

  @Option(
      names = "--header-file",
      paramLabel = "FILE",
      description = "Send the headers of this file, one a line as NAME: VALUE.")
  @Nullable Path headerFile;

  @Option(
      names = "--wait",
      description = "Wait until all is fetched, show a bar, and end with the result.")
  boolean wait;

  @Parameters(arity = "0..*", paramLabel = "URL", description = "Sources.")
  List<String> urls = new ArrayList<>();

  AddCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    List<String> sources = sources(session);
    if (sources.isEmpty()) {
      throw new Problem(Exit.USAGE, "no source is given; name some, or a file with --from");
    }
    Map<String, String> sent = headers();
    if (!(Address.parse(folder) instanceof Address.InAccount place)) {
      throw new Problem(Exit.USAGE, "files go to a path of an account, not to a link");
    }
    RemoteUploads uploads = session.tree(place).client().remoteUploads();
    FolderId target =
        place.path().equals(RemotePath.ROOT)
            ? FolderId.ROOT
            : session.tree(place).make(place.path());
    var made = new LinkedHashMap<Long, Integer>();
    for (int at = 0; at < sources.size(); at += RemoteUploads.SOURCES) {
      List<String> some = sources.subList(at, Math.min(sources.size(), at + RemoteUploads.SOURCES));
      made.put(uploads.add(some, target, sent).id(), some.size());
    }
    var results = new Results(session.talk());
    if (!wait) {
      results.made(made);
      return Exit.OK;
    }
    List<Long> ids = List.copyOf(made.keySet());
    String numbers = ids.stream().map(String::valueOf).collect(Collectors.joining(" "));
    session.talk().note("if this ends, \"consigne remote wait " + numbers + "\" goes on with it");
    return results.tell(StatusLine.watching(spec, session.around(), uploads, ids));
  }

  private List<String> sources(Session session) throws IOException {
    var all = new ArrayList<>(urls);
    String file = from;
    if (file != null && file.equals("-")) {
      var in = new InputStreamReader(session.around().in(), StandardCharsets.UTF_8);
      all.addAll(new BufferedReader(in).readAllLines());
    } else if (file != null) {
      all.addAll(Files.readAllLines(Path.of(file)));
    }
    return all.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private Map<String, String> headers() throws IOException {
    var lines = new ArrayList<>(headers);
    if (headerFile != null) {
      Files.readAllLines(headerFile).stream().filter(line -> !line.isBlank()).forEach(lines::add);
    }
    var all = new LinkedHashMap<String, String>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new Problem(Exit.USAGE, "a header must be like Referer: https://example.org/");
      }
      all.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return all;
  }
}
