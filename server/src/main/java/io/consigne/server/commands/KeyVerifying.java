package io.consigne.server.commands;

import io.consigne.server.admin.AdminRequest;
import io.consigne.server.admin.AdminRequest.Verb;
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
    mixinStandardHelpOptions = true)
final class KeyVerifying extends Operator implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    return execute(new AdminRequest(Verb.KEY_VERIFY, "", read().strip()));
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
