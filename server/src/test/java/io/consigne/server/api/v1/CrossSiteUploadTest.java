package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Browsers keep the login that a link's page asked for, and add it to what the form of any page
 * sends to this host: another site could put files into the account.
 */
class CrossSiteUploadTest {
  private static final String ALICE = "alice@example.org";
  private static final byte[] BODY = Uploading.body("", "planted", new byte[10]);

  private WiredHost host;
  private Talk talk;
  private Access alice;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    host = new WiredHost(folder);
    talk = new Talk(host.port());
    alice = host.account(ALICE);
  }

  @AfterEach
  void stop() {
    talk.close();
    host.close();
  }

  private Talk.Said post(String headers) {
    return talk.ask("POST /upload.cgi", Uploading.TYPE + headers, BODY);
  }

  private static String login() {
    byte[] pair = (ALICE + ":" + WiredHost.PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair) + "|";
  }

  private long files() {
    return host.domain().accounts().get(alice.account()).items();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site|",
        "Sec-Fetch-Site: same-site|",
        "Sec-Fetch-Site: cross-site|Origin: http://files.example.org|",
        "Origin: https://evil.example|",
        "Origin: https://files.example.org|",
        "Origin: http://files.example.org:81|",
        "Origin: null|",
      })
  void loginThatAnotherSiteHasSent_storesNothing(String page) {
    Talk.Said said = post(login() + page);
    assertThat(said.status()).as("%s", said).isEqualTo(403);
    assertThat(said.text())
        .contains(
            "Resource not allowed: a page of another site cannot upload with your login #631");
    assertThat(files()).isZero();
  }

  /** The host's own pages hide where they are from others, and so from the host itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Sec-Fetch-Site: none|",
        "Sec-Fetch-Site: same-origin|Origin: null|",
        "Origin: http://files.example.org|",
        "Origin: HTTP://FILES.EXAMPLE.ORG:80|",
      })
  void loginOfProgramsAndOwnPages_stores(String page) {
    Talk.Said said = post(login() + page);
    assertThat(said.status()).as("%s", said).isEqualTo(302);
    assertThat(files()).isEqualTo(1);
  }

  /** No browser adds a key by itself; a page that has one may send it from where it is. */
  @Test
  void keyFromAnotherSite_stores() {
    Talk.Said said =
        post(host.bearer(ALICE) + "Sec-Fetch-Site: cross-site|Origin: https://a.example|");
    assertThat(said.status()).as("%s", said).isEqualTo(302);
    assertThat(files()).isEqualTo(1);
  }
}
