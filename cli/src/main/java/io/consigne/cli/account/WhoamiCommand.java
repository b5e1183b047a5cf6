package io.consigne.cli.account;

import io.consigne.cli.profile.KeyPlace;
import io.consigne.cli.profile.Profile;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.Client;
import io.consigne.client.model.AccountInfo;
import io.consigne.client.model.AccountSeen;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Tells whose account is used. */
@Command(name = "whoami", description = "Tell which account, host and key are used.")
public final class WhoamiCommand extends RemoteCommand {
  /** A command that runs there. */
  public WhoamiCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    Profile profile = session.profile(null);
    Client client = session.tree(profile.name()).client();
    AccountSeen seen = client.accountSeen();
    AccountInfo account = seen.account();
    client.rememberOwner(account);
    String offer = account.offer().name().toLowerCase(Locale.ROOT);
    if (session.talk().isJson()) {
      var data = new LinkedHashMap<String, Object>(ProfilesCommand.row(profile));
      data.put("email", account.email());
      data.put("offer", offer);
      if (account.subscriptionEnd() != null) {
        data.put("subscriptionEnd", account.subscriptionEnd().toString());
      }
      data.put("uploadForbidden", account.uploadForbidden());
      data.put("asked", seen.asked().toString());
      session.talk().data(data);
      return Exit.OK;
    }
    session.talk().line("account       " + account.email());
    session.talk().line("host          " + profile.url());
    session.talk().line("profile       " + profile.name());
    session.talk().line("key from      " + keyFrom(session, profile));
    session.talk().line("offer         " + offer);
    session.talk().line("subscription  " + Amount.moment(account.subscriptionEnd()));
    NewsAge.tell(session.talk(), seen);
    return Exit.OK;
  }

  private static String keyFrom(Session session, Profile profile) {
    return profile.key() instanceof KeyPlace.OwnFile
        ? String.valueOf(session.profiles().keyFile(profile))
        : profile.key().words();
  }
}
