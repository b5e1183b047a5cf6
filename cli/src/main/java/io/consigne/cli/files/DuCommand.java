package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.PasswordOption;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Counts what is below a folder. */
@Command(name = "du", description = "Count files and bytes of a folder and of each folder in it.")
public final class DuCommand extends RemoteCommand {
  @Mixin PasswordOption password;

  @Parameters(
      arity = "0..1",
      paramLabel = "REMOTE",
      defaultValue = "/",
      description = "A folder, or the address of a public one. Default: /")
  String remote;

  /** A command that runs there. */
  public DuCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    session.opening(password);
    Address address = Address.parse(remote);
    Below below = Below.of(session, address);
    var sums = new LinkedHashMap<RemotePath, Sum>();
    sums.put(below.path(), Sum.NOTHING);
    below.walk(session.talk(), entry -> count(entry, below.path(), sums));
    var shown = new LinkedHashMap<String, Sum>();
    sums.forEach((path, sum) ->
        shown.put(path.equals(below.path()) ? named(address) : path.toString(), sum));
    tell(session, shown);
    return Exit.OK;
  }

  /** What was asked for, which may be a file, or have no path. */
  private static String named(Address address) {
    return address instanceof Address.InAccount place
        ? place.path().toString()
        : address.toString();
  }

  /** Counts a file for the whole and for the folder directly inside that it is below. */
  private static void count(Entry entry, RemotePath top, Map<RemotePath, Sum> sums) {
    int depth = top.names().size() + 1;
    boolean deeper = entry.path().names().size() > depth;
    boolean inside = deeper || entry instanceof Entry.OfFolder;
    var first = inside ? new RemotePath(entry.path().names().subList(0, depth)) : top;
    if (entry instanceof Entry.OfFile file) {
      var one = new Sum(1, file.file().sizeBytes());
      sums.merge(first, one, Sum::plus);
      if (inside) {
        sums.merge(top, one, Sum::plus);
      }
    } else {
      sums.putIfAbsent(first, Sum.NOTHING);
    }
  }

  private static void tell(Session session, Map<String, Sum> sums) {
    if (session.talk().isJson()) {
      session
          .talk()
          .data(
              sums.entrySet().stream()
                  .map(sum ->
                      Map.of(
                          "path", sum.getKey(),
                          "files", sum.getValue().files(),
                          "sizeBytes", sum.getValue().bytes()))
                  .toList());
      return;
    }
    sums.forEach((path, sum) ->
        session
            .talk()
            .line(
                String.format(
                    Locale.ROOT, "%10s  %8d  %s", Amount.bytes(sum.bytes()), sum.files(), path)));
  }

  /** Files and their bytes. */
  private record Sum(long files, long bytes) {
    static final Sum NOTHING = new Sum(0, 0);

    Sum plus(Sum more) {
      return new Sum(files + more.files, bytes + more.bytes);
    }
  }
}
