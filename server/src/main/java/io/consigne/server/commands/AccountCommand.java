package io.consigne.server.commands;

import io.consigne.core.accounts.AccountLimits;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Plan;
import io.consigne.server.admin.AccountRequest;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code consigne account}: the accounts of a host. */
@Command(
    name = "account",
    description = "Add, list, change and remove the accounts of a host.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AccountCommand.Add.class,
      AccountCommand.ListAll.class,
      AccountCommand.ChangePlan.class,
      AccountCommand.Change.class,
      AccountCommand.Password.class,
      AccountCommand.Disable.class,
      AccountCommand.Enable.class,
      AccountCommand.Delete.class,
      AccountCommand.Expiring.class
    })
public final class AccountCommand extends HostTool {
  /** A plan that an account can have, from its name in any case. */
  private static Plan plan(Operator command, String name) {
    return Arrays.stream(Plan.values())
        .filter(plan -> plan != Plan.GUEST && plan.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new ParameterException(
                command.spec.commandLine(),
                "There is no plan " + name + ": choose free, access, premium or gold"));
  }

  /** {@code account add}. */
  @Command(
      name = "add",
      description = "Add an account and print its key, once.",
      mixinStandardHelpOptions = true)
  static final class Add extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Option(
        names = "--plan",
        defaultValue = "gold",
        description = "free, access, premium or gold. Default: ${DEFAULT-VALUE}")
    String plan;

    @Mixin final AccountQuotas quotas = new AccountQuotas();

    @Override
    public Integer call() throws IOException {
      return execute(new AccountRequest.Add(account, plan(this, plan), quotas.wanted()));
    }
  }

  /** {@code account list}. */
  @Command(name = "list", description = "List all accounts.", mixinStandardHelpOptions = true)
  static final class ListAll extends Operator implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Override
    public Integer call() throws IOException {
      return execute(new AccountRequest.Listing(json, Terminal.columns()));
    }
  }

  /** {@code account expiring}. */
  @Command(
      name = "expiring",
      description =
          "List up to 1,000 files of an account that will be removed because nobody downloads"
              + " them, the next one first.",
      mixinStandardHelpOptions = true)
  static final class Expiring extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Override
    public Integer call() throws IOException {
      return execute(new AccountRequest.Expiring(account, Terminal.columns()));
    }
  }

  /** {@code account plan}. */
  @Command(
      name = "plan",
      description = "Give an account another plan.",
      mixinStandardHelpOptions = true)
  static final class ChangePlan extends Operator implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Parameters(index = "1", paramLabel = "PLAN", description = "free, access, premium or gold.")
    String plan;

    @Override
    public Integer call() throws IOException {
      return execute(new AccountRequest.ChangePlan(account, plan(this, plan)));
    }
  }

  /** {@code account set}. */
  @Command(
      name = "set",
      description =
          "Set how much an account may have. What it has beyond stays, but nothing is added.",
      mixinStandardHelpOptions = true)
  static final class Change extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Mixin final AccountQuotas quotas = new AccountQuotas();

    @Override
    public Integer call() throws IOException {
      if (quotas.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "Say what to set: --quota SIZE, --files N, or both");
      }
      return execute(new AccountRequest.ChangeQuotas(account, quotas.wanted()));
    }
  }

  /** {@code account passwd}. */
  @Command(
      name = "passwd",
      description = "Set the password of an account; asks for it, or reads a line from stdin.",
      mixinStandardHelpOptions = true)
  static final class Password extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Option(names = "--none", description = "Take the password login away.")
    boolean none;

    @Override
    public Integer call() throws IOException {
      String password = none ? null : read();
      if (password != null && Passwords.isTooShortForAccount(password)) {
        throw new ParameterException(
            spec.commandLine(),
            "A password must have at least " + AccountLimits.SHORTEST_PASSWORD + " characters");
      }
      return execute(new AccountRequest.ChangePassword(account, password));
    }

    private String read() throws IOException {
      Optional<Console> person = Terminal.person();
      if (person.isEmpty()) {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = lines.readLine();
        return line == null ? "" : line;
      }
      Console console = person.get();
      String first = new String(console.readPassword("New password for %s: ", account));
      String second = new String(console.readPassword("Once more: "));
      if (!first.equals(second)) {
        throw new ParameterException(
            spec.commandLine(), "The two were not the same; nothing was changed");
      }
      return first;
    }
  }

  /** {@code account disable}. */
  @Command(
      name = "disable",
      description = "Close an account, its keys and its links, at once; its files stay.",
      mixinStandardHelpOptions = true)
  static final class Disable extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Override
    public Integer call() throws IOException {
      confirm("Close the account " + account + "?");
      return execute(new AccountRequest.Disable(account));
    }
  }

  /** {@code account enable}. */
  @Command(name = "enable", description = "Open an account again.", mixinStandardHelpOptions = true)
  static final class Enable extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Override
    public Integer call() throws IOException {
      return execute(new AccountRequest.Enable(account));
    }
  }

  /** {@code account delete}. */
  @Command(
      name = "delete",
      description = "Delete an account with all its files.",
      mixinStandardHelpOptions = true)
  static final class Delete extends Operator implements Callable<Integer> {
    @Parameters(paramLabel = ACCOUNT, description = ACCOUNT_IS)
    String account;

    @Override
    public Integer call() throws IOException {
      confirm("Delete the account " + account.toLowerCase(Locale.ROOT) + " with all its files?");
      return execute(new AccountRequest.Delete(account));
    }
  }
}
