package io.consigne.cli.account;

import io.consigne.cli.profile.Profile;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the accounts that are known. */
@Command(
    name = "profiles",
    description = "List the accounts that are known; the first is the default.",
    footer = {
      "",
      "They are: CONSIGNE_API_KEY with CONSIGNE_URL, those of \"consigne login\",",
      "RCLONE_FICHIER_API_KEY, and the fichier remotes of rclone.conf."
    })
public final class ProfilesCommand extends RemoteCommand {
  @Option(
      names = "--default",
      paramLabel = "NAME",
      description = "Make this one, of a login, the default.")
  @Nullable String first;

  /** A command that runs there. */
  public ProfilesCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    if (first != null) {
      session.profiles().makeDefault(first);
    }
    List<Profile> all = session.profiles().all();
    session.profiles().oddities().forEach(session.talk()::note);
    if (session.talk().isJson()) {
      session.talk().data(all.stream().map(ProfilesCommand::row).toList());
      return Exit.OK;
    }
    int width = all.stream().mapToInt(profile -> profile.name().length()).max().orElse(0);
    for (Profile profile : all) {
      String name = profile.name() + " ".repeat(width - profile.name().length());
      session.talk().line("%s  %s  %s".formatted(name, profile.url(), profile.key().words()));
    }
    return Exit.OK;
  }

  static Map<String, Object> row(Profile profile) {
    var row = new LinkedHashMap<String, Object>();
    row.put("name", profile.name());
    row.put("url", profile.url().toString());
    row.put("key", profile.key().words());
    return row;
  }
}
