package io.consigne.server.commands;

import io.consigne.server.admin.AdminAnswer;
import io.consigne.server.admin.KeyRequest;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code key verify}. */
@Command(
    name = "verify",
    description = "Say what a key is good for; asks for it, or reads a line from stdin.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The key opens its account.",
      "1:The host cannot be asked.",
      "2:The command line makes no sense, or there is no host in the directory.",
      "3:It is no key of this host.",
      "4:The key is dead: revoked, replaced, ended, or its account is closed."
    })
final class KeyVerifying extends Operator implements Callable<Integer> {
  private static final int UNKNOWN = 3;
  private static final int DEAD = 4;

  @Override
  public Integer call() throws IOException {
    AdminAnswer answer = answer(new KeyRequest.Verify(read().strip()));
    int failed = print(answer);
    return switch (answer.key()) {
      case GOOD -> 0;
      case DEAD -> DEAD;
      case UNKNOWN -> UNKNOWN;
      case null -> failed;
    };
  }

  private static String read() throws IOException {
    Optional<Console> person = Terminal.person();
    if (person.isPresent()) {
      return new String(person.get().readPassword("Key: "));
    }
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = lines.readLine();
    return line == null ? "" : line;
  }
}
