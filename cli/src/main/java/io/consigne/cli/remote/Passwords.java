package io.consigne.cli.remote;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Passwords of others' links and folders: from a file or the environment, else asked for on a
 * terminal, once for each. One that worked is tried for the next, too. For one thread.
 */
public final class Passwords {
  private static final String VARIABLE = "CONSIGNE_PASSWORD";
  private static final int TRIES = 3;

  private final Surroundings around;
  private final Talk talk;
  private final Map<String, String> known = new HashMap<>();
  private @Nullable String likely;

  Passwords(Surroundings around, Talk talk, @Nullable PasswordOption option) throws IOException {
    this.around = around;
    this.talk = talk;
    this.likely =
        option == null || option.file == null
            ? around.variable(VARIABLE).orElse(null)
            : Files.readString(option.file).lines().findFirst().orElse("");
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
   * @throws Problem if it needs one that is not known
   */
  public <T> T open(FileLink link, Opening<T> opening) throws IOException {
    return open(
        link.url(),
        password -> {
          T opened = opening.open(password);
          if (password != null) {
            known.put(link.id(), password);
          }
          return opened;
        });
  }

  /**
   * Opens a public folder.
   *
   * @throws Problem if it needs a password that is not known
   */
  public <T> T open(Address.PublicFolder folder, Opening<T> opening) throws IOException {
    return open(folder.toString(), opening);
  }

  private <T> T open(String name, Opening<T> opening) throws IOException {
    String password = null;
    for (int tries = 0; ; tries++) {
      try {
        T opened = opening.open(password);
        likely = password == null ? likely : password;
        return opened;
      } catch (RefusedException e) {
        if (!(e.refusal() instanceof Refusal.PasswordNeeded) || tries > TRIES) {
          throw e;
        }
      }
      password = next(name, password);
    }
  }

  private String next(String name, @Nullable String wrong) {
    String other = likely;
    if (other != null && !other.equals(wrong)) {
      return other;
    }
    if (!around.person()) {
      throw new Problem(
          Exit.DENIED,
          (wrong == null ? "a password is needed for " : "the password is wrong for ") + name,
          VARIABLE + " or --password-file gives it");
    }
    likely = null;
    return talk.secret((wrong == null ? "Password of " : "It is wrong. Password of ") + name);
  }
}
