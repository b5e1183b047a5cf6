package io.consigne.server.commands;

import io.consigne.core.accounts.Right;
import io.consigne.core.keys.KeyWish;
import io.consigne.server.admin.KeyRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The commands that make, change and replace keys. */
final class KeyMaking {
  private KeyMaking() {}

  /** {@code key add}. */
  @Command(
      name = "add",
      description = "Make a key that may do less than everything, and print it, once.",
      mixinStandardHelpOptions = true)
  static final class Add extends Operator implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Parameters(index = "1", paramLabel = "NAME", description = "What to call it, such as backup.")
    String name;

    @Mixin final Limits limits = new Limits();

    @Override
    public Integer call() throws IOException {
      if (limits.scopes == null) {
        throw new ParameterException(
            spec.commandLine(),
            "a key needs --scopes: what it may do, of %s; such as --scopes read,write"
                .formatted(Right.words()));
      }
      return execute(new KeyRequest.Add(account, limits.wish(name)));
    }
  }

  /** {@code key set}. */
  @Command(
      name = "set",
      description = "Change what a key may do; what is not given stays as it is.",
      mixinStandardHelpOptions = true)
  static final class Change extends Operator implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Parameters(index = "1", paramLabel = KeyCommand.KEY, description = KeyCommand.KEY_IS)
    String key;

    @Option(names = "--name", description = "Another name.")
    @Nullable String name;

    @Mixin final Limits limits = new Limits();

    @Override
    public Integer call() throws IOException {
      return execute(new KeyRequest.Change(account, key, limits.wish(name)));
    }
  }

  /** {@code key rotate}. */
  @Command(
      name = "rotate",
      description = "Give a key a new secret and print it, once.",
      mixinStandardHelpOptions = true)
  static final class Rotate extends Operator implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Parameters(index = "1", paramLabel = KeyCommand.KEY, description = KeyCommand.KEY_IS)
    String key;

    @Option(
        names = "--overlap",
        paramLabel = "TIME",
        defaultValue = "0",
        description =
            "How long the old secret goes on, such as 24h, at most 30d."
                + " Default: it is dead at once")
    String overlap;

    @Override
    public Integer call() throws IOException {
      if (overlap.equals("0")) {
        confirm("Give " + key + " a new secret? The one in use stops working at once.");
      }
      return execute(new KeyRequest.Rotate(account, key, overlap));
    }
  }

  /** What a key may do, as options. */
  static final class Limits {
    @Option(
        names = "--scopes",
        split = ",",
        paramLabel = "SCOPE",
        description = "Of read, write, delete, share, remote, account, with commas.")
    @Nullable List<String> scopes;

    @Option(
        names = "--folder",
        description = "What it sees as its root: a path such as /Docs/2026; / for everything.")
    @Nullable String folder;

    @Option(
        names = "--from",
        split = ",",
        paramLabel = "BLOCK",
        description = "Addresses it may come from, such as 192.0.2.0/24,2001:db8::/32; or all.")
    @Nullable List<String> networks;

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        description = "When it ends: 90d from now, or 2026-12-31T18:00:00Z; or never.")
    @Nullable String expires;

    @Option(
        names = "--rate",
        paramLabel = "NUMBER",
        description = "How many requests a second it may make; 0: as the plan.")
    @Nullable Long rate;

    KeyWish wish(@Nullable String name) {
      List<String> blocks = List.of("all").equals(networks) ? List.of() : networks;
      String end = "never".equals(expires) ? "" : expires;
      return new KeyWish(name, scopes, folder, blocks, end, rate);
    }
  }
}
