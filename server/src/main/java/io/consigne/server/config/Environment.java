package io.consigne.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Options from variables {@code CONSIGNE_…}. An empty variable counts as not given. A secret may
 * also stand in a file that {@code CONSIGNE_…_FILE} names.
 */
final class Environment {
  static final String PREFIX = "CONSIGNE_";
  static final String CONFIG = PREFIX + "CONFIG";

  /** Variables of the launcher and of the client's commands. */
  private static final Set<String> OTHERS =
      Set.of(
          CONFIG,
          PREFIX + "JAVA_HOME",
          PREFIX + "JAVA_OPTS",
          PREFIX + "NO_BUILD",
          PREFIX + "DEBUG",
          PREFIX + "API_KEY",
          PREFIX + "CACERT",
          PREFIX + "PASSWORD",
          PREFIX + "URL");

  /**
   * Options of the client's commands, and what Kubernetes puts into each pod for a service that is
   * named consigne.
   */
  private static final Pattern OTHERS_FORM =
      Pattern.compile("CONSIGNE_(CLI_\\w+|SERVICE_(HOST|PORT\\w*)|PORT(_\\d+_(TCP|UDP)\\w*)?)");

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  Optional<String> find(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isBlank());
  }

  Map<Option<?>, Given> options() {
    refuseUnknown();
    var given = new LinkedHashMap<Option<?>, Given>();
    for (Option<?> option : Options.ALL) {
      find(option.variable())
          .ifPresent(text -> given.put(option, new Given(text, option.variable())));
      if (isSecret(option)) {
        find(option.fileVariable()).ifPresent(file -> addFromFile(option, file, given));
      }
    }
    return given;
  }

  private static void addFromFile(Option<?> option, String file, Map<Option<?>, Given> given) {
    if (given.containsKey(option)) {
      throw new ConfigException(
          "%s and %s exclude each other".formatted(option.variable(), option.fileVariable()));
    }
    try {
      String text = Files.readString(Path.of(file)).strip();
      given.put(option, new Given(text, option.fileVariable()));
    } catch (IOException _) {
      throw new ConfigException(
          "%s names a file that cannot be read: %s".formatted(option.fileVariable(), file));
    }
  }

  private void refuseUnknown() {
    var known = known();
    for (String name : new TreeSet<>(variables.keySet())) {
      if (name.startsWith(PREFIX)
          && !known.contains(name)
          && !OTHERS_FORM.matcher(name).matches()) {
        throw new ConfigException(
            "unknown environment variable %s%s".formatted(name, Names.suggestion(name, known)));
      }
    }
  }

  private static Set<String> known() {
    var known = new TreeSet<>(OTHERS);
    for (Option<?> option : Options.ALL) {
      known.add(option.variable());
      if (isSecret(option)) {
        known.add(option.fileVariable());
      }
    }
    return known;
  }

  private static boolean isSecret(Option<?> option) {
    return option.format().shape() == Format.Shape.SECRET;
  }
}
