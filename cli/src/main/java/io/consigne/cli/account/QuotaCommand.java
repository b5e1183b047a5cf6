package io.consigne.cli.account;

import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.AccountInfo;
import io.consigne.client.model.AccountSeen;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Tells what is used and what is left. */
@Command(name = "quota", description = "Tell how many bytes are used and left.")
public final class QuotaCommand extends RemoteCommand {
  /** A command that runs there. */
  public QuotaCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    AccountSeen seen = session.tree((String) null).client().accountSeen();
    AccountInfo.Storage storage = seen.account().storage();
    long used = storage.hotBytes() + storage.coldBytes();
    if (session.talk().isJson()) {
      var data = new LinkedHashMap<String, Object>();
      data.put("usedBytes", used);
      data.put("hotBytes", storage.hotBytes());
      data.put("coldBytes", storage.coldBytes());
      data.put("allowedColdBytes", storage.allowedColdBytes());
      data.put("availableBytes", storage.availableBytes());
      data.put("cdnCreditGigabytes", seen.account().cdn().creditGigabytes());
      data.put("cdnUsed", seen.account().cdn().used());
      data.put("asked", seen.asked().toString());
      session.talk().data(data);
      return Exit.OK;
    }
    session.talk().line("used  " + Amount.bytes(used));
    session.talk().line("left  " + Amount.bytes(storage.availableBytes()));
    session.talk().line("hot   " + Amount.bytes(storage.hotBytes()));
    session.talk().line("cold  " + cold(storage));
    AccountInfo.Cdn cdn = seen.account().cdn();
    session
        .talk()
        .line(
            String.format(
                Locale.ROOT,
                "cdn   %.1f GB of credit, %s",
                cdn.creditGigabytes(),
                cdn.used() ? "spent by downloads" : "not spent"));
    NewsAge.tell(session.talk(), seen);
    return Exit.OK;
  }

  private static String cold(AccountInfo.Storage storage) {
    String bytes = Amount.bytes(storage.coldBytes());
    long allowed = storage.allowedColdBytes();
    return allowed > 0 ? "%s of %s".formatted(bytes, Amount.bytes(allowed)) : bytes;
  }
}
