package io.consigne.server.commands;

import io.consigne.server.admin.AuditQuestion;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code consigne audit}: who did what to an account's files, folders and keys. */
@Command(
    name = "audit",
    description = "Show who did what to the files, folders and keys of an account.",
    mixinStandardHelpOptions = true)
public final class AuditCommand extends Operator implements Callable<Integer> {
  @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
  String account;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "7d",
      description = "How far to look back, such as 12h or 30d. Default: ${DEFAULT-VALUE}.")
  String since;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many lines at most, the newest; up to 1000. Default: ${DEFAULT-VALUE}.")
  int count;

  @Option(names = "--json", description = "Print a JSON object a line, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    return execute(
        new AuditQuestion(account, duration("--since", since), count, json, Terminal.columns()));
  }
}
