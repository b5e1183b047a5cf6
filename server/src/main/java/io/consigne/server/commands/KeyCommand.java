package io.consigne.server.commands;

import io.consigne.core.keys.KeyWish;
import io.consigne.server.admin.KeyRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code consigne key}: the keys of accounts. */
@Command(
    name = "key",
    description = "Make, list, change, replace, revoke and find the keys of accounts.",
    mixinStandardHelpOptions = true,
    subcommands = {
      KeyMaking.Add.class,
      KeyCommand.ListAll.class,
      KeyMaking.Change.class,
      KeyMaking.Rotate.class,
      KeyCommand.Revoke.class,
      KeyCommand.Regenerate.class,
      KeyVerifying.class,
      KeyScanCommand.class
    })
public final class KeyCommand extends HostTool {
  static final String KEY = "KEY";
  static final String MASTER = KeyWish.MASTER;
  static final String KEY_IS = "The key's name, or its number in key list.";

  /** {@code key list}. */
  @Command(
      name = "list",
      description = "List the keys of an account; only their first characters are shown.",
      mixinStandardHelpOptions = true)
  static final class ListAll extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Option(names = "--stale", description = "List only stale keys.")
    boolean stale;

    @Option(
        names = "--unused",
        paramLabel = "TIME",
        defaultValue = "90d",
        description = "How long a stale key was not used. Default: ${DEFAULT-VALUE}")
    String unused;

    @Override
    public Integer call() throws IOException {
      return execute(new KeyRequest.Listing(account, unused, stale, json, Terminal.columns()));
    }
  }

  /** {@code key regenerate}. */
  @Command(
      name = "regenerate",
      description = "Make a new master key and print it, once; the old one is dead at once.",
      mixinStandardHelpOptions = true)
  static final class Regenerate extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Override
    public Integer call() throws IOException {
      confirm("Make a new key for " + account + "? The one in use stops working at once.");
      return execute(new KeyRequest.Regenerate(account));
    }
  }

  /** {@code key revoke}. */
  @Command(
      name = "revoke",
      description = "Revoke a key of an account, at once.",
      mixinStandardHelpOptions = true)
  static final class Revoke extends Operator implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Parameters(
        index = "1",
        paramLabel = KEY,
        description = KEY_IS + " The master key is called " + MASTER + ".")
    String key;

    /** An empty word, as of a variable that is not set, is no key. */
    @Override
    public Integer call() throws IOException {
      if (key.isBlank()) {
        throw new ParameterException(
            spec.commandLine(), "which key is to be revoked? The master key is called " + MASTER);
      }
      boolean master = key.equals(MASTER);
      String which = master ? "the master key" : "the key " + key;
      confirm("Revoke " + which + " of " + account + "? What uses it stops working at once.");
      return execute(
          master ? new KeyRequest.RevokeMaster(account) : new KeyRequest.Revoke(account, key));
    }
  }
}
