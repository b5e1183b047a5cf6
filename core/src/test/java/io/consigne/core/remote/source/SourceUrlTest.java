package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.failure.Failure;
import io.consigne.core.testing.Refusal;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One address has one spelling, and what could be taken for two is none. */
final class SourceUrlTest {
  @ParameterizedTest
  @CsvSource({
    "HTTP://Example.ORG, http://example.org/",
    "http://example.org:80/a, http://example.org/a",
    "https://example.org:443, https://example.org/",
    "https://example.org:08443/, https://example.org:8443/",
    "http://example.org./a, http://example.org/a",
    "http://example.org/a#part, http://example.org/a",
    "http://example.org?a=1, http://example.org/?a=1",
    "' http://example.org/ ', http://example.org/",
    "http://example.org/a b?c d, http://example.org/a%20b?c%20d",
    "http://example.org/é[1]|%zz%41, http://example.org/%C3%A9%5B1%5D%7C%25zz%41",
    "http://bücher.example/, http://xn--bcher-kva.example/",
    "http://BÜCHER。example/, http://xn--bcher-kva.example/",
    "http://my_bucket.example.org/, http://my_bucket.example.org/",
    "http://１９２.０.２.１/, http://192.0.2.1/",
    "http://①②⑦.⓪.⓪.①/, http://127.0.0.1/",
    "http://[2001:DB8:0::1]:8080/, 'http://[2001:db8:0:0:0:0:0:1]:8080/'",
    "'http://[::ffff:10.0.0.1]/', http://10.0.0.1/",
    "'http://[::ffff:a00:1]/', http://10.0.0.1/",
    "ftp://alice:p%40ss@example.org/a;type=i, ftp://alice:p%40ss@example.org/a;type=i",
    "ftps://example.org:990/a, ftps://example.org/a",
    "ftp://example.org:2121/a, ftp://example.org:2121/a",
  })
  void address_hasOneSpelling(String given, String text) {
    SourceUrl url = SourceUrl.parse(given);
    assertThat(url.text()).isEqualTo(text);
    assertThat(SourceUrl.parse(url.text())).isEqualTo(url).hasSameHashCodeAs(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://127.1/",
        "http://127.0.1/",
        "http://0/",
        "http://0x/",
        "http://00000177.1/",
        "http://127.0.0.01/",
        "http://127.0.0.1.1/",
        "http://127.0.0.256/",
        "http://1.2.3.4../",
        "http://example.0x7f/",
        "http://example.1/",
        "http://１２７.１/",
        "http://0x７f.1/",
        "http://127。1/",
        "http://faß.example/",
        "http://a\u200db.example/",
        "http://exa%6dple.org/",
        "http://127%2e0.0.1/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%1]/",
        "http://[::1",
        "http://::1/",
        "http://[127.0.0.1]/",
        "http://[v1.a]/",
        "http://[]/",
        "http:///path",
        "http://./",
        "http://a..b/",
        "http://-a.example/",
        "http://a-.example/",
        "http://a b/",
        "http://a,b/",
        "http://*/",
        "http://:80/",
      })
  void doubtfulHost_isRefused(String given) {
    assertThat(Refusal.of(() -> SourceUrl.parse(given)))
        .isInstanceOfSatisfying(
            Failure.Invalid.class,
            refusal -> assertThat(refusal.rule()).startsWith("must name a host"));
  }

  @ParameterizedTest
  @CsvSource({
    "example.org/a, url must be like https://example.org/file.zip: example.org/a",
    "//example.org/a, url must be like https://example.org/file.zip: //example.org/a",
    "http:example.org, url must be like https://example.org/file.zip: http:example.org",
    "'', url must be like https://example.org/file.zip",
    "file:///etc/passwd, 'url must begin with http, https, ftp or ftps: file:///etc/passwd'",
    "gopher://a/, 'url must begin with http, https, ftp or ftps: gopher://a/'",
    "sftp://a/, 'url must begin with http, https, ftp or ftps: sftp://a/'",
    "http://a:0/, url must have a port from 1 to 65535: http://a:0/",
    "http://a:65536/, url must have a port from 1 to 65535: http://a:65536/",
    "http://a:/, 'url must name a host, and after a colon a port: http://a:/'",
    "http://a:8x/, 'url must name a host, and after a colon a port: http://a:8x/'",
    "http://a:+80/, 'url must name a host, and after a colon a port: http://a:+80/'",
    "http://a:８０/, 'url must name a host, and after a colon a port: http://a:８０/'",
    "http://a@b@c/, 'url must name a host, and after a colon a port: http://…'",
    "http://a\\b/, url must not contain a control character or a backslash: http://a\\b/",
    "ftp://a/x%0d%0aDELE y, url must not hold an encoded control character: ftp://a/x%0d%0aDELE y",
    "ftp://a%0a@b/x, url must not hold an encoded control character: ftp://…",
    "ftp://a:%00@b/x, url must not hold an encoded control character: ftp://…",
  })
  void refusal_namesTheRule(String given, String message) {
    assertThat(Refusal.of(() -> SourceUrl.parse(given)).message()).isEqualTo(message);
  }

  @Test
  void controlCharacters_areRefused() {
    for (String control : new String[] {"\r\n", "\0", "\t", "\u007f", "\u0085"}) {
      assertThat(Refusal.of(() -> SourceUrl.parse("http://example.org/" + control + "x")).message())
          .isEqualTo(
              "url must not contain a control character or a backslash: http://example.org/"
                  + "\uFFFD".repeat(control.length())
                  + "x");
    }
  }

  @Test
  void longAddress_isRefused_andShownShort() {
    String longOne = "http://example.org/" + "x".repeat(SourceLimits.ADDRESS_LENGTH);
    assertThat(Refusal.of(() -> SourceUrl.parse(longOne)).message())
        .isEqualTo("url must have at most 4096 characters: " + longOne.substring(0, 300) + "…");
  }

  /** What is stored is what is encoded; once that was refused when it was read again. */
  @Test
  void addressThatIsLongOnceItIsEncoded_isRefused() {
    String fits = "http://example.org/" + "あ".repeat((SourceLimits.ADDRESS_LENGTH - 19) / 9);
    SourceUrl url = SourceUrl.parse(fits);
    assertThat(SourceUrl.parse(url.text())).isEqualTo(url);
    assertThat(Refusal.of(() -> SourceUrl.parse(fits + "あ")).message())
        .startsWith("url must have at most 4096 characters, encoded: http://example.org/あ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://alice:hunter2@example.org/",
        "http://hunter2@example.org/",
        "https://example.org:x/?token=hunter2",
        "https://example.org:x/?hunter2",
        "https://example.org:x/#hunter2",
        "alice:hunter2@example.org",
        "mailto:hunter2@example.org",
        "ftp://alice:hun/ter2hunter2@example.org/",
        "ftp://alice:?hunter2@example.org:x/",
        "http://example.org:x/?a=b@hunter2",
      })
  void refusal_showsNoSecret(String given) {
    assertThat(Refusal.of(() -> SourceUrl.parse(given)).message()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://alice:hunter2@example.org/a, ftp://…@example.org/a",
    "http://example.org/a?id=5&token=hunter2, http://example.org/a?id=…&token=…",
    "https://1fichier.com/?abcdefghij0123456789, https://1fichier.com/?abcdefghij0123456789",
    "https://example.org/?HunterTwo.Signature, https://example.org/?…",
    "https://example.org/?, https://example.org/?",
  })
  void shownAddress_hasNoSecret(String given, String shown) {
    SourceUrl url = SourceUrl.parse(given);
    assertThat(url.shown()).isEqualTo(shown);
    assertThat(url).hasToString(shown);
    assertThat(SourceRequest.whole(url, SourceHeaders.NONE, 1).toString()).doesNotContain("hunter");
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/a/Film%20%C3%A9.mkv?x=/y, Film é.mkv",
    "http://example.org/a/..%2f..%2fetc, ../../etc",
    "ftp://example.org/a.zip;type=I, a.zip",
    "http://example.org/a.zip;type=i, a.zip;type=i",
  })
  void lastSegment_isDecoded(String given, String name) {
    assertThat(SourceUrl.parse(given).lastSegment()).contains(name);
    assertThat(SourceUrl.parse("http://example.org/a/").lastSegment()).isEmpty();
  }

  @Test
  void literal_isAnAddress_andANameIsNone() {
    assertThat(SourceUrl.parse("http://[::ffff:7f00:1]/").literal())
        .contains(InetAddress.ofLiteral("127.0.0.1"));
    assertThat(SourceUrl.parse("http://[64:ff9b::7f00:1]/").literal())
        .contains(InetAddress.ofLiteral("64:ff9b::127.0.0.1"));
    assertThat(SourceUrl.parse("http://localhost/").literal()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "b, https://example.org:8443/d/b",
    "../b, https://example.org:8443/b",
    "./b?c=../d, https://example.org:8443/d/b?c=../d",
    "../../../b/., https://example.org:8443/b/",
    "b/.., https://example.org:8443/d/",
    "/x/../b/./c, https://example.org:8443/b/c",
    "/x//../b, https://example.org:8443/x/b",
    "/...b/..c#../d, https://example.org:8443/...b/..c",
    "?b, https://example.org:8443/d/a?b",
    "/b c, https://example.org:8443/b%20c",
    "//other.example/b, https://other.example/b",
    "http://other.example, http://other.example/",
    "'', https://example.org:8443/d/",
  })
  void redirection_isRelative(String location, String text) {
    SourceUrl url = SourceUrl.parse("https://example.org:8443/d/a?q=1");
    assertThat(url.resolve(location).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://alice@example.org/",
        "a\r\nb"
      })
  void redirection_toNoSource_isRefused(String location) {
    SourceUrl url = SourceUrl.parse("https://example.org/");
    assertThat(Refusal.of(() -> url.resolve(location))).isInstanceOf(Failure.Invalid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/x, https://a/y, true",
    "http://a/x, https://a/y, true",
    "https://a/x, http://a/y, false",
    "https://a/x, https://a:8443/y, false",
    "http://a:8080/x, https://a/y, false",
    "https://a/x, https://b/y, false",
    "https://a/x, https://www.a/y, false",
  })
  void secrets_stayWithTheirHost(String from, String to, boolean travel) {
    assertThat(SourceUrl.parse(to).mayHearSecretsOf(SourceUrl.parse(from))).isEqualTo(travel);
  }
}
