package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses on the web, and whose account is asked for them. */
final class OthersAddressesTest extends OneDesk {
  private static final String FICHIER = "https://1fichier.com/?2zk52quqlm0cbjr93ri5";

  private final ProxySelector usual = ProxySelector.getDefault();

  /** A host that would be asked wrongly is not asked: nothing leaves this machine. */
  @BeforeAll
  void stayHere() {
    var nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            boolean here = uri.getHost().equals("127.0.0.1");
            return List.of(here ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, nowhere));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress proxy, IOException e) {}
        });
  }

  @AfterAll
  void goOut() {
    ProxySelector.setDefault(usual);
  }

  @Test
  void publicFolder_isListedWithoutAnAccount() {
    desk.typing("p").good("put", "-", "/shared/p.txt");
    String address = desk.good("share", "/shared").strip();
    Map<String, String> environment = desk.environment();
    String key = String.valueOf(environment.remove("CONSIGNE_API_KEY"));
    String url = String.valueOf(environment.remove("CONSIGNE_URL"));
    try {
      assertThat(desk.good("ls", address)).isEqualTo("p.txt\n");
      assertThat(desk.good("du", address)).contains("1");
      assertThat(desk.good("stat", address)).contains("folder");
      assertThat(desk.run("ls", "/").exitCode()).isEqualTo(3);
    } finally {
      environment.put("CONSIGNE_API_KEY", key);
      environment.put("CONSIGNE_URL", url);
    }
  }

  /** It was asked of the host that is known, which said that there is no such file. */
  @Test
  void linkOf1fichier_isNotAskedOfAnotherHost() {
    Run run = desk.run("stat", FICHIER);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            """
            consigne: no account of 1fichier.com is known; environment is one of %s; \
            "consigne login" adds one; --profile asks another host nevertheless
            """
                .formatted(desk.url().substring("http://".length())));
  }

  /** The default account was asked for it, which said that there is no such file. */
  @ParameterizedTest
  @ValueSource(strings = {"cp", "mv", "rm", "link"})
  void linkOfAHostWithoutAccount_isAskedOfNoOther(String command) {
    String link = "https://files.example.org/?2zk52quqlm0cbjr93ri5";
    Run run =
        switch (command) {
          case "rm" -> desk.run("rm", "--yes", link);
          case "link" -> desk.run("link", link);
          default -> desk.run(command, link, "/");
        };
    assertThat(run)
        .isEqualTo(
            new Run(
                3,
                "",
                """
                consigne: no account of files.example.org is known; environment is one of %s; \
                "consigne login" adds one; --profile asks another host nevertheless
                """
                    .formatted(desk.url().substring("http://".length()))));
  }

  @Test
  void profileThatIsNamed_isAsked() {
    assertThat(desk.run("stat", "--profile=environment", FICHIER).exitCode()).isEqualTo(5);
  }

  @Test
  void publicFolderOfAnotherHost_isListedWhateverAccountThereIs() {
    desk.typing("p").good("put", "-", "/open/p.txt");
    String address = desk.good("share", "/open").strip();
    String url = desk.url();
    desk.environment().put("CONSIGNE_URL", "https://files.example.org");
    try {
      assertThat(desk.good("ls", address)).isEqualTo("p.txt\n");
    } finally {
      desk.environment().put("CONSIGNE_URL", url);
    }
  }

  /** Another account's host was asked for it, with the key of that account. */
  @ParameterizedTest
  @ValueSource(strings = {"https://api.1fichier.com/v1", "http://127.0.0.1:1"})
  void linkOfAHostWithoutAccount_isAskedOfThatHost(String account) {
    desk.typing("p").good("put", "--if-exists=replace", "-", "/linked/p.txt");
    String link = desk.good("link", "/linked/p.txt").strip();
    String url = desk.url();
    desk.environment().put("CONSIGNE_URL", account);
    desk.environment().put("CONSIGNE_API_KEY", "standin-key-of-alice");
    try {
      assertThat(desk.good("cat", link)).isEqualTo("p");
      assertThat(desk.good("stat", link)).contains("p.txt");
      Path got = desk.path("linked.txt");
      desk.good("get", "--if-exists=replace", link, got.toString());
      assertThat(got).hasContent("p");
    } finally {
      desk.environment().put("CONSIGNE_URL", url);
      desk.environment().put("CONSIGNE_API_KEY", desk.key());
    }
  }

  @Test
  void addressWithoutTls_isRefusedInWords() {
    Run run = desk.run("ls", "http://files.example.org/dir/AbCdEfGh");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).doesNotContain("unexpected").contains("http://files.example.org/");
  }
}
