package io.consigne.cli.remote;

import io.consigne.cli.profile.OwnerFiles;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.LinkHosts;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Passwords of others' links and folders: from a file or the environment, else asked for on a
 * terminal, once for each. One that worked is tried for the next of the same host, too, and at no
 * other. The one of the file or the environment is for hosts of which there is an account, and else
 * for the first that asks. For one thread.
 */
public final class Passwords {
  private static final String VARIABLE = "CONSIGNE_PASSWORD";
  private static final int TRIES = 3;

  private final Surroundings around;
  private final Talk talk;
  private final Predicate<String> isKnown;
  private final @Nullable String given;
  private final Map<String, String> known = new HashMap<>();
  private final Map<String, String> worked = new HashMap<>();
  private @Nullable String first;

  /**
   * Passwords of one run.
   *
   * @param isKnown whether there is an account of a host
   */
  Passwords(
      Surroundings around, Talk talk, @Nullable PasswordOption option, Predicate<String> isKnown)
      throws IOException {
    this.around = around;
    this.talk = talk;
    this.isKnown = isKnown;
    this.given =
        option == null || option.file == null
            ? around.variable(VARIABLE).orElse(null)
            : ofFile(option.file);
  }

  private String ofFile(Path file) throws IOException {
    String text = Files.readString(file);
    if (OwnerFiles.isOpen(file)) {
      talk.warn("the file of --password-file can be read by others of this machine");
    }
    return text.lines().findFirst().orElse("");
  }

  /** Opens something with a password, or with none. */
  @FunctionalInterface
  public interface Opening<T> {
    /** Opens it. */
    T open(@Nullable String password) throws IOException;
  }

  /** The password that opened a link, or null. */
  public @Nullable String of(FileLink link) {
    return known.get(link.id());
  }

  /**
   * Opens a link, and remembers its password.
   *
   * @param locked whether it is known to have one: then none is not tried
   * @throws Problem if it needs one that is not known
   */
  public <T> T open(FileLink link, boolean locked, Opening<T> opening) throws IOException {
    return open(link.url(), locked, remembering(link, opening));
  }

  private <T> Opening<T> remembering(FileLink link, Opening<T> opening) {
    return password -> {
      T opened = opening.open(password);
      if (password != null) {
        known.put(link.id(), password);
      }
      return opened;
    };
  }

  /**
   * Opens a link by what is known, and asks nobody.
   *
   * @param locked whether it is known to have a password: then none is not tried
   * @return empty if nothing that is known opens it
   */
  public <T> Optional<T> openKnown(FileLink link, boolean locked, Opening<T> opening)
      throws IOException {
    String host = host(link.url());
    var tried = new HashSet<String>();
    String password = locked ? likely(host, tried) : null;
    for (boolean goesOn = !locked; goesOn || password != null; goesOn = false) {
      try {
        return Optional.of(opened(host, password, remembering(link, opening)));
      } catch (RefusedException e) {
        if (!(e.refusal() instanceof Refusal.PasswordNeeded)) {
          throw e;
        }
      }
      if (password != null) {
        tried.add(password);
      }
      password = likely(host, tried);
    }
    return Optional.empty();
  }

  private <T> T opened(String host, @Nullable String password, Opening<T> opening)
      throws IOException {
    T opened = opening.open(password);
    if (password != null) {
      worked.put(host, password);
    }
    return opened;
  }

  /**
   * Opens a public folder, or one inside, and remembers its password.
   *
   * @throws Problem if it needs a password that is not known
   */
  public <T> T open(Address.PublicFolder folder, Opening<T> opening) throws IOException {
    String url = folder.toString();
    return open(
        url,
        known.containsKey(url),
        password -> {
          T opened = opening.open(password);
          if (password != null) {
            known.put(url, password);
          }
          return opened;
        });
  }

  private <T> T open(String url, boolean locked, Opening<T> opening) throws IOException {
    String host = host(url);
    var tried = new HashSet<String>();
    String password = known.get(url);
    if (password == null && locked) {
      password = likely(host, tried);
    }
    for (int tries = 0; ; tries++) {
      try {
        return opened(host, password, opening);
      } catch (RefusedException e) {
        if (!(e.refusal() instanceof Refusal.PasswordNeeded) || tries > TRIES) {
          throw e;
        }
      }
      if (password != null) {
        tried.add(password);
      }
      password = next(url, host, tried);
    }
  }

  /** One host, whatever domain of 1fichier it is called by. */
  static String host(String url) {
    String host = LinkHosts.of(url).orElse(url);
    return LinkHosts.isFichierLinkHost(host) ? "1fichier.com" : host;
  }

  private String next(String url, String host, Set<String> tried) {
    String likely = likely(host, tried);
    if (likely != null) {
      return likely;
    }
    if (!around.person()) {
      boolean elsewhere = given != null && !mayHave(host);
      throw new Problem(
          Exit.DENIED,
          (tried.isEmpty() ? "a password is needed for " : "the password is wrong for ") + url,
          elsewhere
              ? "the one that is given went to " + first + "; a command of its own sends it here"
              : VARIABLE + " or --password-file gives it");
    }
    return talk.secret((tried.isEmpty() ? "Password of " : "It is wrong. Password of ") + url);
  }

  /** What may open something of a host, and was not tried there. */
  private @Nullable String likely(String host, Set<String> tried) {
    if (given != null && first == null) {
      first = host;
    }
    String before = worked.get(host);
    if (before != null && !tried.contains(before)) {
      return before;
    }
    return given != null && mayHave(host) && !tried.contains(given) ? given : null;
  }

  private boolean mayHave(String host) {
    return host.equals(first) || isKnown.test(host);
  }
}
