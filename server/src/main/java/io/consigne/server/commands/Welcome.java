package io.consigne.server.commands;

import io.consigne.core.accounts.Accounts;
import io.consigne.core.ids.Loopback;
import io.consigne.core.keys.ApiKey;
import io.consigne.server.Host;
import io.consigne.server.config.HostConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** What a started host says. */
final class Welcome {
  /** On the command line of curl, every user of the machine could read the key. */
  private static final String KEY_BY_PIPE = "echo \"Authorization: Bearer $KEY\" |";

  /** Where commands look without being told. */
  private static final Path USUAL_DATA = Path.of("consigne-data");

  private Welcome() {}

  static void print(PrintWriter out, Host host, HostConfig config) {
    out.println("Consigne serves " + config.storage().data() + " at " + host.url());
    host.authority()
        .ifPresent(file -> out.println("Clients must trust its certificate authority: " + file));
    if (host.authority().isEmpty() && plainElsewhere(config)) {
      out.println(
          "Warning: keys and files travel unencrypted (plain HTTP). Put a TLS proxy in front, or"
              + " use --tls-self.");
    }
    Path data = config.storage().data();
    host.firstKey().ifPresent(key -> firstSteps(out, host, key, data));
    host.firstKeyFile()
        .ifPresent(file -> out.println("The key of the account admin is in " + file));
    if (!out.checkError() && host.firstKey().isPresent()) {
      host.firstKeyWasShown();
    }
  }

  private static boolean plainElsewhere(HostConfig config) {
    return config.web().tls() instanceof HostConfig.Tls.None
        && !Loopback.is(config.web().listen().host());
  }

  private static void firstSteps(PrintWriter out, Host host, ApiKey key, Path folder) {
    String data = folder.normalize().equals(USUAL_DATA) ? "" : " --data=" + folder;
    String trust = host.authority().map(file -> "--cacert " + file + " ").orElse("");
    out.println();
    out.println("  Account  " + Accounts.ADMIN);
    out.println("  Key      " + key.reveal());
    out.println();
    out.println("The key is shown this once. A new one: ./consigne key regenerate admin" + data);
    out.println("Try next:");
    out.println();
    out.println("  KEY=" + key.reveal());
    out.printf(
        "  %s curl -sS %s-L -H @- -H 'JSON: 1' -F 'file[]=@README.md' %s/upload.cgi%n",
        KEY_BY_PIPE, trust, host.url());
    out.println("  " + third(host));
    out.println();
  }

  private static String third(Host host) {
    Optional<Path> authority = host.authority();
    return authority.isPresent()
        ? "RCLONE_FICHIER_API_KEY=$KEY ./consigne relay --to %s --ca %s -- rclone lsf :fichier:"
            .formatted(host.url().substring("https://".length()), authority.get())
        : "%s curl -sS -H @- -H 'Content-Type: application/json' -d '{}' %s/v1/file/ls.cgi"
            .formatted(KEY_BY_PIPE, host.url());
  }
}
