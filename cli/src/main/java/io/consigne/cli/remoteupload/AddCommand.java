package io.consigne.cli.remoteupload;

import io.consigne.cli.profile.Profile;
import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.ClientConfig;
import io.consigne.client.RemoteUploads;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFetch;
import io.consigne.client.model.RemoteUpload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for fetches. */
@Command(
    name = "add",
    description = "Have sources fetched; print the number of the request.",
    footer = {
      "",
      "A file whose name is taken is stored beside the other, under the same name; with --wait"
          + " that",
      "is said. --json and \"remote status\" tell the name and the link of each file.",
      "Sources are http, https, ftp and ftps addresses, and links of files. Other users of this",
      "machine may see the arguments of a process: a cookie or password is better in a file.",
      "A link of 1fichier, or of another Consigne host, is fetched with your key of that place:",
      "--source-profile NAME takes that of a profile of \"consigne login\". The host that fetches",
      "keeps it, encrypted, until it is done. --source-key HOST=FILE takes one of a file.",
      "  consigne remote add https://example.org/film.mkv --folder /films --wait",
      "  consigne remote add --from links.txt --source-profile default --folder home:/films",
      "  grep -o 'https://[^\"]*' page.html | consigne remote add -"
    })
final class AddCommand extends RemoteCommand {
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

  @Mixin SourceKeys keys;

  @Option(
      names = "--wait",
      description = "Wait until all is fetched, show a bar, and end with the result.")
  boolean wait;

  @Parameters(
      arity = "0..*",
      paramLabel = "URL",
      description = "Sources; - reads them from the standard input.")
  List<String> urls = new ArrayList<>();

  AddCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    List<Listed> sources = Listed.all(urls, from, session.around());
    if (sources.isEmpty()) {
      throw new Problem(Exit.USAGE, "no source is given; name some, or a file with --from");
    }
    if (!(Address.parse(folder) instanceof Address.InAccount place)) {
      throw new Problem(Exit.USAGE, "files go to a path of an account, not to a link");
    }
    Map<String, String> sent = headers();
    readKeys(session, place, sources.stream().map(Listed::url).toList(), sent);
    RemoteUploads uploads = session.tree(place).client().remoteUploads();
    var asking = new Asking(uploads, target(session, place), sent, keys);
    var results = new Results(session.talk());
    session.talk().ifPartial("ask again for those alone that failed: all others would come twice");
    try {
      asking.ask(sources);
    } finally {
      results.refused(asking.made());
      if (asking.made().stream().mapToInt(Asking.Requested::sources).sum() < sources.size()) {
        numbers(asking).ifPresent(ids -> session.talk().warn("asked for before that: " + ids));
      }
    }
    return wait ? waited(session, place, asking, results) : results.made(asking.made());
  }

  private static Optional<String> numbers(Asking asking) {
    return asking.made().stream()
        .map(request -> Long.toString(request.id()))
        .reduce((one, other) -> one + " " + other);
  }

  private void readKeys(
      Session session, Address.InAccount place, List<String> sources, Map<String, String> sent)
      throws IOException {
    Profile asked = session.profile(place.profile());
    boolean takesNone = ClientConfig.isOneFichier(asked.url());
    if (keys.isAny() && takesNone) {
      throw new Problem(Exit.USAGE, "1fichier.com takes no keys of other places");
    }
    keys.read(session, sources);
    if (!takesNone && sent.keySet().stream().noneMatch("Authorization"::equalsIgnoreCase)) {
      keys.hint(session, sources, asked);
    }
  }

  private static FolderId target(Session session, Address.InAccount place) throws IOException {
    return place.path().equals(RemotePath.ROOT)
        ? FolderId.ROOT
        : session.tree(place).make(place.path());
  }

  private Exit waited(Session session, Address.InAccount place, Asking asking, Results results)
      throws IOException {
    RemoteUploads uploads = session.tree(place).client().remoteUploads();
    List<Long> ids = asking.made().stream().map(Asking.Requested::id).toList();
    String numbers = numbers(asking).orElse("");
    session
        .talk()
        .passing("if this ends, \"consigne remote wait " + numbers + "\" goes on with it");
    results.each(ids, StatusLine.watching(session.talk(), uploads));
    Exit exit = results.exitOfWait();
    try {
      noteDoubles(session, place, results.requests());
    } catch (IOException | Problem e) {
      session.talk().note("whether names are there twice is not known: " + Sentences.of(e));
    }
    return exit;
  }

  /** The host stores beside what has the name: what comes of that is said. */
  private static void noteDoubles(
      Session session, Address.InAccount place, List<RemoteUpload.Details> ended)
      throws IOException {
    Set<String> names =
        ended.stream()
            .flatMap(details -> details.fetches().stream())
            .filter(fetch -> fetch.state() == RemoteFetch.State.DONE && !fetch.name().isEmpty())
            .map(RemoteFetch::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Tree tree = session.tree(place);
    tree.forgetAll();
    for (String name : names) {
      RemotePath path = place.path().child(name);
      int files = tree.files(path).size();
      if (files > 1) {
        session.talk().warn("%d files are called %s now".formatted(files, path));
      }
    }
  }

  private Map<String, String> headers() throws IOException {
    var all = new LinkedHashMap<String, String>();
    addHeaders("--header ", headers, all);
    if (headerFile != null) {
      addHeaders(headerFile + ":", Lines.of(headerFile), all);
    }
    return all;
  }

  /** A line that is none is named by its number alone: a cookie may stand in it. */
  private static void addHeaders(String place, List<String> lines, Map<String, String> all) {
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      int colon = line.indexOf(':');
      if (!line.isBlank() && colon < 1) {
        throw new Problem(
            Exit.USAGE, place + number + ": a header must be like Referer: https://example.org/");
      }
      if (!line.isBlank()) {
        String name = line.substring(0, colon).strip();
        if (all.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
          throw new Problem(Exit.USAGE, place + number + ": " + name + " is there twice");
        }
        all.put(name, line.substring(colon + 1).strip());
      }
    }
  }
}
