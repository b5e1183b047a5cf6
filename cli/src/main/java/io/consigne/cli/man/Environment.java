package io.consigne.cli.man;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The variables and files that commands of a client look at. */
final class Environment {
  private Environment() {}

  /** Whether a command is one of a client. */
  static boolean isOfClient(CommandSpec command) {
    return command.findOption("--profile") != null || isRelay(command);
  }

  private static boolean isRelay(CommandSpec command) {
    return command.name().equals("relay");
  }

  /** Variables besides those of the options, and what each is for. */
  static Map<String, String> variables(CommandSpec command) {
    var all = new LinkedHashMap<String, String>();
    if (!isRelay(command)) {
      all.put("CONSIGNE_API_KEY", "The key of the account that is used where nothing names one.");
      all.put("CONSIGNE_URL", "The host of that key. Else it is 1fichier.com.");
      all.put("CONSIGNE_CACERT", "Authorities to trust at hosts of your own, in PEM.");
      if (command.findOption("--password-file") != null) {
        all.put("CONSIGNE_PASSWORD", "The password of others' links and folders.");
      }
      all.put("RCLONE_FICHIER_API_KEY", "A key of 1fichier.com, after the profiles of a login.");
      all.put("RCLONE_CONFIG", "The configuration of rclone, if it is elsewhere.");
      all.put(
          "XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME",
          "Where the files below are, if not in ~/.config, ~/.local/state and ~/.cache.");
    }
    boolean several = command.options().stream().anyMatch(OptionSpec::isMultiValue);
    all.put(
        "CONSIGNE_CLI_…",
        "Each option, as it is named above; an option wins. A flag is on for 1, true or yes."
            + (several ? " What may be repeated has its values on a line each." : ""));
    all.put("CONSIGNE_DEBUG", "1 shows where in the program it failed.");
    all.put("NO_COLOR", "Takes the colours from the help.");
    if (!isRelay(command)) {
      all.put("TERM", "dumb shows no progress.");
    }
    return all;
  }

  /** Files, and what each is for; none of what lies there are settings but the first. */
  static Map<String, String> files(CommandSpec command) {
    var all = new LinkedHashMap<String, String>();
    if (isRelay(command)) {
      return all;
    }
    all.put("~/.config/consigne/profiles", "The accounts of logins, a line each, without keys.");
    all.put(
        "~/.config/consigne/keys/NAME",
        "The key of an account, where there is no keyring; for its owner alone.");
    all.put(
        "~/.config/consigne/authorities/NAME.pem",
        "Whom a login named as authorities of its host.");
    all.put("~/.config/rclone/rclone.conf", "Its fichier remotes are accounts, too.");
    all.put(
        "~/.local/state/consigne",
        "When the host was asked what, and who stores where, for all processes of this machine: its"
            + " limits are kept by that, and nothing is stored twice.");
    all.put("~/.cache/consigne", "Listings and checksums; what is missing is asked for again.");
    if (command.name().equals("get") || command.name().equals("sync")) {
      all.put("NAME.part, NAME.part.state", "A download that is under way, or was cut off.");
    }
    return all;
  }
}
