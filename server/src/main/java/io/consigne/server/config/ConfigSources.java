package io.consigne.server.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a configuration comes from. For each option a flag wins over the environment, that over the
 * file, and that over the default.
 *
 * @param flags what was given on the command line
 * @param file named on the command line; null to look at {@code CONSIGNE_CONFIG}, then for {@code
 *     consigne.toml} in the folder
 * @param variables the environment
 * @param folder where the program was started
 */
record ConfigSources(
    Map<Option<?>, Given> flags, @Nullable Path file, Map<String, String> variables, Path folder) {
  static final String DEFAULT_FILE = "consigne.toml";

  /**
   * The configuration.
   *
   * @throws ConfigException if a source holds something unknown, or a value that is none
   */
  HostConfig read() {
    var environment = new Environment(variables);
    var given = new HashMap<Option<?>, Given>();
    configFile(environment).ifPresent(found -> given.putAll(new ConfigFile(found).options()));
    given.putAll(environment.options());
    given.putAll(flags);
    return new Settings(given).hostConfig();
  }

  /** The file that is read, and may be missing if it was named; empty for none. */
  Optional<Path> configFile() {
    return configFile(new Environment(variables));
  }

  private Optional<Path> configFile(Environment environment) {
    if (file != null) {
      return Optional.of(file);
    }
    var named = environment.find(Environment.CONFIG).map(Path::of);
    if (named.isPresent()) {
      return named;
    }
    var usual = folder.resolve(DEFAULT_FILE);
    return Files.exists(usual) ? Optional.of(usual) : Optional.empty();
  }

  /** The value of each option, and the rules between options. */
  private record Settings(Map<Option<?>, Given> given) {

    HostConfig hostConfig() {
      return new HostConfig(
          new HostConfig.Storage(
              get(Options.DATA),
              find(Options.DB).orElse(null),
              get(Options.DEDUPE),
              new HostConfig.Scrubbing(get(Options.SCRUB_EVERY), get(Options.SCRUB_RATE))),
          new HostConfig.Web(
              get(Options.LISTEN),
              find(Options.PUBLIC_URL).orElse(null),
              tls(),
              find(Options.TRUSTED_PROXY).orElse(List.of()),
              get(Options.STOP_GRACE)),
          new HostConfig.Rules(
              get(Options.LIMITS),
              get(Options.GUESTS),
              find(Options.COUNTRY_DB).orElse(null),
              new HostConfig.Watch(get(Options.DEFENDER), get(Options.FLOOD_STYLE)),
              new HostConfig.Keeping(get(Options.RETENTION), get(Options.AUDIT_KEEP)),
              new HostConfig.Fetches(
                  get(Options.FETCHES),
                  find(Options.FETCH_ALLOW).orElse(List.of()),
                  find(Options.FETCH_PORTS).orElse(Set.of()),
                  find(Options.FETCH_FTPS_PORTS).orElse(Set.of()),
                  get(Options.WEBHOOKS)),
              mail()),
          find(Options.KEY_FILE).orElse(null));
    }

    private HostConfig.@Nullable Mail mail() {
      Optional<URI> server = find(Options.SMTP);
      Optional<String> from = find(Options.SMTP_FROM);
      if (server.isEmpty()) {
        for (Option<?> partner :
            List.of(Options.SMTP_FROM, Options.SMTP_USER, Options.SMTP_PASSWORD_FILE)) {
          if (given.containsKey(partner)) {
            throw missing(Options.SMTP, partner);
          }
        }
        return null;
      }
      together(Options.SMTP_USER, Options.SMTP_PASSWORD_FILE);
      together(Options.SMTP_PASSWORD_FILE, Options.SMTP_USER);
      return new HostConfig.Mail(
          server.get(),
          from.orElseThrow(() -> missing(Options.SMTP_FROM, Options.SMTP)),
          find(Options.SMTP_USER).orElse(null),
          find(Options.SMTP_PASSWORD_FILE).orElse(null));
    }

    private void together(Option<?> partner, Option<?> option) {
      if (given.containsKey(partner) && !given.containsKey(option)) {
        throw missing(option, partner);
      }
    }

    private HostConfig.Tls tls() {
      boolean self = get(Options.TLS_SELF);
      Optional<Path> certificates = find(Options.TLS_CERT);
      Optional<Path> privateKey = find(Options.TLS_KEY);
      if (certificates.isEmpty() && privateKey.isEmpty()) {
        return self ? new HostConfig.Tls.Self() : new HostConfig.Tls.None();
      }
      if (self) {
        throw new ConfigException(
            named(Options.TLS_SELF)
                + " excludes "
                + named(certificates.isPresent() ? Options.TLS_CERT : Options.TLS_KEY));
      }
      return new HostConfig.Tls.Files(
          certificates.orElseThrow(() -> missing(Options.TLS_CERT, Options.TLS_KEY)),
          privateKey.orElseThrow(() -> missing(Options.TLS_KEY, Options.TLS_CERT)));
    }

    private ConfigException missing(Option<?> option, Option<?> partner) {
      return new ConfigException(named(partner) + " needs " + option.name() + " as well");
    }

    private String named(Option<?> option) {
      Given value = given.get(option);
      return value == null ? option.name() : option.name() + " (from " + value.source() + ")";
    }

    private <T> Optional<T> find(Option<T> option) {
      Given value = given.get(option);
      if (value == null && option.defaultText() != null) {
        value = new Given(option.defaultText(), "the default");
      }
      return Optional.ofNullable(value).map(present -> present.as(option));
    }

    private <T> T get(Option<T> option) {
      return find(option)
          .orElseThrow(() -> new IllegalStateException(option.name() + " has no default"));
    }
  }
}
