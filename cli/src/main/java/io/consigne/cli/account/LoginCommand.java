package io.consigne.cli.account;

import io.consigne.cli.profile.KeyPlace;
import io.consigne.cli.profile.Profile;
import io.consigne.cli.profile.Profiles;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.KeyState;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores an account under a name. */
@Command(
    name = "login",
    description = "Store an account under a name; asks for its key.",
    footer = {
      "",
      "The key is typed without echo, or read from the standard input. It is kept in the keyring",
      "of the system if there is one (secret-tool), else in a file that only you can read.",
      "For example:",
      "  consigne login                                     1fichier.com, as \"default\"",
      "  consigne login home --url https://files.example.org",
      "  consigne login home --from-command 'pass show consigne'"
    })
public final class LoginCommand extends RemoteCommand {
  private static final Pattern ONE_FICHIER_KEY = Pattern.compile("[A-Za-z0-9_=-]{20,64}");

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "What to call it; paths begin with it: NAME:/folder. Default: default")
  String name;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The host. Default: CONSIGNE_URL, else 1fichier.com")
  @Nullable String url;

  @Option(
      names = "--from-command",
      paramLabel = "COMMAND",
      description = "What prints the key, each time that it is needed; nothing is stored.")
  @Nullable String command;

  /** A command that runs there. */
  public LoginCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    Profile.requireName(name);
    Profiles profiles = session.profiles();
    URI host = url == null ? profiles.defaultUrl() : Profiles.url(url);
    Profile stored;
    if (command == null) {
      var key = key(host, session.talk().secret("API key of " + host));
      check(host, key, session);
      stored = profiles.trusting(name, session.authorities(), () -> profiles.add(name, host, key));
    } else {
      var printed = new Profile(name, host, new KeyPlace.Printed(command));
      check(host, key(host, profiles.key(printed).reveal()), session);
      String printing = command;
      stored =
          profiles.trusting(name, session.authorities(), () -> profiles.add(name, host, printing));
    }
    tell(session, stored);
    return Exit.OK;
  }

  /** A question with what can be no key would count as an attack. */
  private static ApiKey key(URI host, String typed) {
    if (Profiles.isOfOther(host, typed)) {
      throw new Problem(
          Exit.USAGE,
          "this is a key of a Consigne host, which is not sent to 1fichier.com",
          "--url names the host");
    }
    if (ClientConfig.isOneFichier(host) && !ONE_FICHIER_KEY.matcher(typed).matches()) {
      throw new Problem(
          Exit.USAGE,
          "this cannot be a key of 1fichier.com: it has " + oddity(typed),
          "the console of 1fichier.com shows it, and --url names another host");
    }
    try {
      return new ApiKey(typed);
    } catch (IllegalArgumentException e) {
      throw new Problem(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** A sign that no key has, or else its length. */
  private static String oddity(String typed) {
    String odd = typed.replaceAll("[A-Za-z0-9_=-]", "");
    return odd.isEmpty()
        ? Amount.count(typed.length(), "character")
        : "the sign \"%s\"".formatted(Character.toString(odd.codePointAt(0)));
  }

  /**
   * A key that does not work is not stored. A Consigne host tells of every key what it is good for,
   * also of one that may not read the account. Of one that opens all of it, it is remembered whose
   * it is.
   */
  private static void check(URI host, ApiKey key, Session session) throws IOException {
    try (Client client = new Client(session.configured(ClientConfig.of(host, key)))) {
      if (client.key().map(KeyState::isMaster).orElse(true)) {
        client.rememberOwner(client.account());
      }
    } catch (IllegalArgumentException e) {
      throw new Problem(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static void tell(Session session, Profile stored) {
    if (session.talk().isJson()) {
      session.talk().data(ProfilesCommand.row(stored));
    }
    session
        .talk()
        .passing(
            "%s is %s, its key comes from: %s; try: consigne ls %s:/"
                .formatted(stored.name(), stored.url(), stored.key().words(), stored.name()));
  }
}
