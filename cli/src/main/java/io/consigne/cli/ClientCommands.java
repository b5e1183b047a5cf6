package io.consigne.cli;

import io.consigne.cli.account.LoginCommand;
import io.consigne.cli.account.LogoutCommand;
import io.consigne.cli.account.ProfilesCommand;
import io.consigne.cli.account.QuotaCommand;
import io.consigne.cli.account.WhoamiCommand;
import io.consigne.cli.files.LsCommand;
import io.consigne.cli.talk.OptionVariables;
import io.consigne.cli.talk.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;

/** The commands that use an account, by name and in the order of the help. */
final class ClientCommands {
  private static final Map<String, Function<Surroundings, Object>> ALL = all();

  private ClientCommands() {}

  private static Map<String, Function<Surroundings, Object>> all() {
    var all = new LinkedHashMap<String, Function<Surroundings, Object>>();
    all.put("login", LoginCommand::new);
    all.put("logout", LogoutCommand::new);
    all.put("profiles", ProfilesCommand::new);
    all.put("whoami", WhoamiCommand::new);
    all.put("quota", QuotaCommand::new);
    all.put("ls", LsCommand::new);
    return all;
  }

  static Set<String> names() {
    return ALL.keySet();
  }

  /** Commands, ready to be put below another. */
  static List<CommandLine> of(Set<String> names, Surroundings around) {
    return ALL.entrySet().stream()
        .filter(command -> names.contains(command.getKey()))
        .map(command ->
            new CommandLine(command.getValue().apply(around))
                .setDefaultValueProvider(new OptionVariables(around)))
        .toList();
  }
}
