package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose certificate nobody here vouches for. */
final class DistrustTest {
  @TempDir private Path folder;

  private Run ls(RehearsedHost host, Map<String, String> more) throws IOException {
    var environment = new HashMap<>(more);
    environment.put("CONSIGNE_URL", host.url());
    environment.put("CONSIGNE_API_KEY", host.key());
    return run(environment, "", "ls");
  }

  private Run run(Map<String, String> environment, String typed, String... arguments) {
    environment.put("HOME", folder.toString());
    var in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    var around = new Surroundings(environment, in, OutputStream.nullOutputStream(), false, false);
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Program.forArguments(around, arguments)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void unknownAuthority_isTriedOnce_andTheSentenceSaysWhatToDo() throws IOException {
    List<String> serve =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.consigne.cli.Main",
            "serve");
    try (var host = RehearsedHost.start(serve, folder.resolve("data"))) {
      assertThat(ls(host, Map.of()))
          .isEqualTo(
              new Run(
                  10,
                  "",
                  "consigne: the certificate of the host is not trusted: unable to find valid"
                      + " certification path to requested target; --cacert FILE names the"
                      + " authority of a host of one's own\n"));
      Run trusted = ls(host, Map.of("CONSIGNE_CACERT", host.authority().toString()));
      assertThat(trusted).isEqualTo(new Run(0, "", ""));
      profile_remembersTheAuthorityOfItsLogin(host);
    }
  }

  /** The command that a login itself names to be tried next ended with "not trusted". */
  private void profile_remembersTheAuthorityOfItsLogin(RehearsedHost host) throws IOException {
    // With a note in another encoding, as some tools write it before the certificate.
    var noted = new ByteArrayOutputStream();
    noted.write("f\u00fcr alice\n".getBytes(StandardCharsets.ISO_8859_1));
    noted.write(Files.readAllBytes(host.authority()));
    Path authority = Files.write(folder.resolve("ca.pem"), noted.toByteArray());
    String[] login = {"login", "home", "--url", host.url(), "--cacert", authority.toString()};
    assertThat(run(new HashMap<>(), host.key() + "\n", login).exitCode()).isZero();
    assertThat(run(new HashMap<>(), "", "ls", "home:/")).isEqualTo(new Run(0, "", ""));
    assertThat(run(new HashMap<>(), "", "doctor", "--profile", "home").out())
        .contains("ok    tls           TLSv1.3, certificate until ");
    assertThat(run(new HashMap<>(), "", "logout", "home").exitCode()).isZero();
    assertThat(folder.resolve(".config/consigne/authorities")).isEmptyDirectory();
  }
}
