package io.consigne.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.ApiKey;
import io.consigne.client.model.LinkCheck;
import io.consigne.client.model.LinkCheck.State;
import io.consigne.client.model.PublicFile;
import io.consigne.client.model.PublicFolder;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes instead of a list or of lines is told for what it is. */
class PublicPagesTest {
  private static final URI HOST = URI.create("https://files.example.org");
  private static final String LINK = "https://1fichier.com/?4m1x0q9v7t2kz8b6d3ha";

  /** Answers everything with one text and success. */
  private record Saying(String text) implements Transport {
    @Override
    public WireAnswer send(WireRequest request) {
      return new WireAnswer(
          200,
          HttpHeaders.of(Map.of("Retry-After", List.of("90")), (_, _) -> true),
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {}
  }

  private static PublicPages saying(String text) {
    var endpoint = Endpoint.of(HOST, new ApiKey("key"));
    return new PublicPages(new Wire(endpoint, new Saying(text), "test", _ -> {}));
  }

  private static Refusal checkRefused(String text, String... links) {
    return refusal(() -> saying(text).check(List.of(links)));
  }

  private static Refusal folderRefused(String text) {
    return refusal(() -> saying(text).folder(HOST.resolve("/dir/CiLKCBI7"), null));
  }

  private interface Question {
    Object ask() throws IOException;
  }

  private static Refusal refusal(Question question) {
    return Assertions.catchThrowableOfType(RefusedException.class, question::ask).refusal();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"IP Locked", "<html>IP Locked #79</html>", "<p style='a;b'>IP Locked; wait</p>"})
  void floodInsteadOfTheLineOfALink_isTold(String text) {
    assertThat(checkRefused(text, LINK))
        .isInstanceOfSatisfying(
            Refusal.Flood.class,
            flood -> assertThat(flood.retryAfter()).isEqualTo(Duration.ofSeconds(90)));
  }

  @Test
  void pageInsteadOfLines_isNotNow() {
    assertThat(checkRefused("<html>Veuillez patienter</html>", LINK).said())
        .hasToString("the host answered a page: Veuillez patienter");
    assertThat(checkRefused("", LINK)).isInstanceOf(Refusal.Unavailable.class);
    assertThat(checkRefused(LINK + ";;;PRIVATE", LINK, LINK))
        .isInstanceOf(Refusal.Unavailable.class);
  }

  @Test
  void lines_areRead() throws IOException {
    String lines =
        LINK + ";a;b.txt;10\n\n" + "x;;;BAD LINK\n" + "y;;;TAKEN DOWN\n" + "z;a.txt;many\n";
    assertThat(saying(lines).check(List.of(LINK, "x", "y", "z")))
        .containsExactly(
            new LinkCheck(LINK, State.ALIVE, "", "a;b.txt", 10),
            new LinkCheck("x", State.BAD_LINK, "BAD LINK", "", 0),
            new LinkCheck("y", State.OTHER, "TAKEN DOWN", "", 0),
            new LinkCheck("z", State.OTHER, "a.txt;many", "", 0));
  }

  @Test
  void pageInsteadOfAFolder_isToldByItsWords() {
    assertThat(folderRefused("<html>IP Locked #79</html>")).isInstanceOf(Refusal.Flood.class);
    assertThat(folderRefused("{\"status\":\"KO\",\"message\":\"Resource not found #469\"}"))
        .isInstanceOf(Refusal.NotFound.class);
    assertThat(folderRefused("<html>Veuillez patienter</html>"))
        .isInstanceOf(Refusal.Unavailable.class);
    assertThat(folderRefused("[{\"link\":")).isInstanceOf(Refusal.Unavailable.class);
  }

  /** A host that does not know folders in folders: it was told to have answered a page. */
  @Test
  void folderOfAnOlderHost_isItsFilesAlone() throws IOException {
    String list = "[{\"link\":\"" + LINK + "\",\"filename\":\"a.txt\",\"size\":\"3\"}]";
    PublicFolder folder = saying(list).open(HOST.resolve("/dir/CiLKCBI7x2Qd"), null);
    assertThat(folder.files()).extracting(PublicFile::name).containsExactly("a.txt");
    assertThat(folder.folders()).isEmpty();
  }

  /** It was an unexpected error. */
  @Test
  void fileWithoutALink_isToldByItsName() {
    assertThat(folderRefused("[{\"link\":\"\",\"filename\":\"a.txt\"}]").said())
        .hasToString("the host lists a file without its link: a.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<form><input type=\"password\" name=\"pass\" required></form>",
        "<FORM><INPUT NAME='pass'></FORM>",
        "<p>Password not provided</p>"
      })
  void pageThatAsksForAPassword_needsIt(String page) {
    assertThat(folderRefused("<html>Shared folder" + page + "</html>"))
        .isInstanceOf(Refusal.PasswordNeeded.class);
  }
}
