package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.PasswordOption;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.TransferOptions;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints files. */
@Command(name = "cat", description = "Print files, or a range of their bytes.")
public final class CatCommand extends RemoteCommand {
  private static final Pattern RANGE = Pattern.compile("([0-9]{0,18})-([0-9]{0,18})");

  @Option(
      names = "--range",
      paramLabel = "FIRST-LAST",
      description = "Bytes, counted from 0; 100- is all from there, -100 the last 100.")
  @Nullable String range;

  @Mixin TransferOptions moves;

  @Mixin PasswordOption password;

  @Parameters(arity = "1..*", paramLabel = "REMOTE", description = "Paths or links of files.")
  List<String> remote;

  /** A command that runs there. */
  public CatCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    session.opening(password);
    session.moving(moves);
    for (String name : remote) {
      Streamed file = Streamed.file(session, Address.parse(name));
      if (range == null) {
        file.copy(0, Long.MAX_VALUE);
      } else {
        copyRange(file, range);
      }
    }
    return Exit.OK;
  }

  private static void copyRange(Streamed file, String text) throws IOException {
    Matcher range = RANGE.matcher(text);
    if (!range.matches() || text.equals("-")) {
      throw new Problem(Exit.USAGE, "no range such as 0-99, 100- or -100: " + text);
    }
    if (range.group(1).isEmpty()) {
      file.copy(Math.max(0, file.sizeBytes() - Long.parseLong(range.group(2))), Long.MAX_VALUE);
    } else {
      long first = Long.parseLong(range.group(1));
      long last = range.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(range.group(2));
      if (last < first) {
        throw new Problem(Exit.USAGE, "the range ends before it begins: " + text);
      }
      if (first > 0 && first >= file.sizeBytes()) {
        throw new Problem(
            Exit.USAGE,
            "the range begins beyond the end: %s of a file with %s"
                .formatted(text, Amount.count(file.sizeBytes(), "byte")));
      }
      file.copy(first, last + 1);
    }
  }
}
