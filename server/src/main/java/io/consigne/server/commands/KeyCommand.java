package io.consigne.server.commands;

import io.consigne.server.admin.AdminRequest;
import io.consigne.server.admin.AdminRequest.Verb;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code consigne key}: the keys of accounts. */
@Command(
    name = "key",
    description = "List, regenerate, revoke and find keys of accounts.",
    mixinStandardHelpOptions = true,
    subcommands = {
      KeyCommand.ListAll.class,
      KeyCommand.Regenerate.class,
      KeyCommand.Revoke.class,
      KeyScanCommand.class
    })
public final class KeyCommand extends HostTool {
  private static final String ACCOUNT = "ACCOUNT";
  private static final String ACCOUNT_IS = "The account's e-mail, such as alice@example.org.";

  /** {@code key list}. */
  @Command(
      name = "list",
      description = "List the keys of an account; only their first characters are shown.",
      mixinStandardHelpOptions = true)
  static final class ListAll extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Override
    public Integer call() throws IOException {
      return execute(new AdminRequest(Verb.KEY_LIST, account, ""));
    }
  }

  /** {@code key regenerate}. */
  @Command(
      name = "regenerate",
      description = "Make a new key and print it, once; the old one is dead in the same moment.",
      mixinStandardHelpOptions = true)
  static final class Regenerate extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Override
    public Integer call() throws IOException {
      confirm("Make a new key for " + account + "? The one in use stops working at once.");
      return execute(new AdminRequest(Verb.KEY_REGENERATE, account, ""));
    }
  }

  /** {@code key revoke}. */
  @Command(
      name = "revoke",
      description = "Revoke the key of an account, at once.",
      mixinStandardHelpOptions = true)
  static final class Revoke extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Override
    public Integer call() throws IOException {
      confirm("Revoke the key of " + account + "? What uses it stops working at once.");
      return execute(new AdminRequest(Verb.KEY_REVOKE, account, ""));
    }
  }
}
