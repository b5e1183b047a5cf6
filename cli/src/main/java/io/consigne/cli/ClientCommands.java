package io.consigne.cli;

import io.consigne.cli.account.LoginCommand;
import io.consigne.cli.account.LogoutCommand;
import io.consigne.cli.account.ProfilesCommand;
import io.consigne.cli.account.QuotaCommand;
import io.consigne.cli.account.WhoamiCommand;
import io.consigne.cli.doctor.DoctorCommand;
import io.consigne.cli.files.CatCommand;
import io.consigne.cli.files.CpCommand;
import io.consigne.cli.files.DuCommand;
import io.consigne.cli.files.FindCommand;
import io.consigne.cli.files.GetCommand;
import io.consigne.cli.files.LeaveCommand;
import io.consigne.cli.files.LinkCommand;
import io.consigne.cli.files.LsCommand;
import io.consigne.cli.files.MkdirCommand;
import io.consigne.cli.files.MvCommand;
import io.consigne.cli.files.PutCommand;
import io.consigne.cli.files.RmCommand;
import io.consigne.cli.files.ShareCommand;
import io.consigne.cli.files.StatCommand;
import io.consigne.cli.files.TreeCommand;
import io.consigne.cli.remoteupload.RemoteGroup;
import io.consigne.cli.sync.CheckCommand;
import io.consigne.cli.sync.DedupeCommand;
import io.consigne.cli.sync.DiffCommand;
import io.consigne.cli.sync.SyncCommand;
import io.consigne.cli.talk.OptionVariables;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.webhook.WebhookGroup;
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
    all.put("doctor", DoctorCommand::new);
    all.put("ls", LsCommand::new);
    all.put("put", PutCommand::new);
    all.put("get", GetCommand::new);
    all.put("rm", RmCommand::new);
    all.put("mkdir", MkdirCommand::new);
    all.put("mv", MvCommand::new);
    all.put("cp", CpCommand::new);
    all.put("stat", StatCommand::new);
    all.put("cat", CatCommand::new);
    all.put("link", LinkCommand::new);
    all.put("share", ShareCommand::new);
    all.put("leave", LeaveCommand::new);
    all.put("tree", TreeCommand::new);
    all.put("find", FindCommand::new);
    all.put("du", DuCommand::new);
    all.put("quota", QuotaCommand::new);
    all.put("remote", RemoteGroup::in);
    all.put("webhook", WebhookGroup::in);
    all.put("sync", SyncCommand::new);
    all.put("check", CheckCommand::new);
    all.put("diff", DiffCommand::new);
    all.put("dedupe", DedupeCommand::new);
    return all;
  }

  static Set<String> names() {
    return ALL.keySet();
  }

  /** Commands, ready to be put below another. */
  static List<CommandLine> of(Set<String> names, Surroundings around) {
    return ALL.entrySet().stream()
        .filter(command -> names.contains(command.getKey()))
        .map(command -> OptionVariables.in(around, line(command.getValue().apply(around))))
        .toList();
  }

  private static CommandLine line(Object command) {
    return command instanceof CommandLine group ? group : new CommandLine(command);
  }
}
