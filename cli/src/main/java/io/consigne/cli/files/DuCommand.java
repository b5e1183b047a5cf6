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
    var sums = new LinkedHashMap<RemotePath, long[]>();
    sums.put(below.path(), new long[2]);
    below.walk(session.talk(), entry -> count(entry, below.path(), sums));
    var shown = new LinkedHashMap<String, long[]>();
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
  private static void count(Entry entry, RemotePath top, Map<RemotePath, long[]> sums) {
    int depth = top.names().size() + 1;
    boolean deeper = entry.path().names().size() > depth;
    boolean inside = deeper || entry instanceof Entry.OfFolder;
    var first = inside ? new RemotePath(entry.path().names().subList(0, depth)) : top;
    long[] part = sums.computeIfAbsent(first, _ -> new long[2]);
    if (entry instanceof Entry.OfFile file) {
      add(part, file.file().sizeBytes());
      if (inside) {
        add(sums.computeIfAbsent(top, _ -> new long[2]), file.file().sizeBytes());
      }
    }
  }

  private static void add(long[] sum, long bytes) {
    sum[0]++;
    sum[1] += bytes;
  }

  private static void tell(Session session, Map<String, long[]> sums) {
    if (session.talk().isJson()) {
      session
          .talk()
          .data(
              sums.entrySet().stream()
                  .map(sum ->
                      Map.of(
                          "path", sum.getKey(),
                          "files", sum.getValue()[0],
                          "sizeBytes", sum.getValue()[1]))
                  .toList());
      return;
    }
    sums.forEach((path, sum) ->
        session
            .talk()
            .line(String.format(Locale.ROOT, "%10s  %8d  %s", Amount.bytes(sum[1]), sum[0], path)));
  }
}
