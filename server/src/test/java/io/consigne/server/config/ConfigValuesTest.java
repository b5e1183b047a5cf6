package io.consigne.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.ids.Cidr;
import io.consigne.core.uploads.Dedupe;
import io.consigne.server.UsualChoices;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigValuesTest {
  @TempDir private Path folder;
  private ConfigFixture sources;

  @BeforeEach
  void start() {
    sources = new ConfigFixture(folder);
  }

  @Test
  void everyOption_isReadFromAFile() throws IOException {
    sources.file(
        """
        data = "/srv/consigne"          # a comment
        db = "postgresql://consigne:word@db.example.org:5433/files"
        listen = "[::1]:8443"
        public-url = "https://files.example.org/"
        tls-cert = '/etc/ssl/chain.pem'
        tls-key = '/etc/ssl/key.pem'
        limits = "off"
        dedupe = "host"
        guests = true
        trusted-proxy = [
          "10.0.0.0/8",   # the balancers
          "fd00::1",
        ]
        country-db = "/var/lib/countries.mmdb"
        stop-grace = "2m"
        key-file = "first.key"
        """);
    HostConfig config = sources.read();
    assertThat(config.storage().data()).isEqualTo(Path.of("/srv/consigne"));
    assertThat(config.storage().db())
        .hasToString("postgresql://consigne:***@db.example.org:5433/files");
    assertThat(config.storage().dedupe()).isEqualTo(Dedupe.HOST);
    assertThat(config.web().listen()).isEqualTo(new ListenAddress("0:0:0:0:0:0:0:1", 8443));
    assertThat(config.web().publicUrl()).isEqualTo(URI.create("https://files.example.org"));
    assertThat(config.web().tls())
        .isEqualTo(
            new HostConfig.Tls.Files(Path.of("/etc/ssl/chain.pem"), Path.of("/etc/ssl/key.pem")));
    assertThat(config.web().trustedProxies())
        .containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::1"));
    assertThat(config.web().stopGrace()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.rules())
        .isEqualTo(UsualChoices.rules(false, true, Path.of("/var/lib/countries.mmdb")));
    assertThat(config.keyFile()).isEqualTo(Path.of("first.key"));
  }

  /** It was the only option of its kind that did not. */
  @ParameterizedTest
  @CsvSource({"on, true", "off, false", "true, true", "false, false"})
  void limits_areSwitchedAsEverythingElse(String text, boolean on) {
    sources.flag(Options.LIMITS, text);
    assertThat(sources.read().rules().limits()).isEqualTo(on);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, 127.0.0.1, 8080",
    "files.example.org:0, files.example.org, 0",
    "[::1]:443, 0:0:0:0:0:0:0:1, 443",
    ":65535, '', 65535"
  })
  void listen_takesHostAndPort(String text, String host, int port) {
    sources.flag(Options.LISTEN, text);
    assertThat(sources.read().web().listen()).isEqualTo(new ListenAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8080", "localhost", "localhost:", "::1:80", "a b:80", "[x]:80", ":65536"})
  void listen_refusesAnythingElse(String text) {
    assertThatThrownBy(() -> sources.flag(Options.LISTEN, text).read())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "listen must be HOST:PORT, [IPV6]:PORT or :PORT: \"" + text + "\" (from --listen)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files.example.org",
        "ftp://files.example.org",
        "https://files.example.org/sub",
        "https://alice@files.example.org",
        "https://files.example.org?x",
        "https:///",
        "https://a b"
      })
  void publicUrl_refusesAllButSchemeAndAuthority(String text) {
    assertThatThrownBy(() -> sources.flag(Options.PUBLIC_URL, text).read())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "public-url must be an http:// or https:// URL without a path,"
                + " such as https://files.example.org: \""
                + text
                + "\" (from --public-url)");
  }

  @ParameterizedTest
  @CsvSource({"0s, PT0S", "500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "1h, PT1H", "2d, PT48H"})
  void stopGrace_takesUnits(String text, Duration expected) {
    assertThat(sources.flag(Options.STOP_GRACE, text).read().web().stopGrace()).isEqualTo(expected);
  }

  @Test
  void fetches_takeANumber_networksAndPorts() {
    assertThat(sources.read().rules().fetches()).isEqualTo(UsualChoices.FETCHES);
    sources.flag(Options.FETCHES, "0");
    sources.flag(Options.FETCH_ALLOW, "10.0.0.0/8,fd00::/8");
    sources.flag(Options.FETCH_PORTS, "80, 8081");
    sources.flag(Options.FETCH_FTPS_PORTS, "2990");
    sources.flag(Options.WEBHOOKS, "off");
    assertThat(sources.read().rules().fetches())
        .isEqualTo(
            new HostConfig.Fetches(
                0,
                List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8")),
                Set.of(80, 8081),
                Set.of(2990),
                false));
  }

  @Test
  void mail_isAServer_andASender_withoutAPassword() {
    assertThat(sources.read().rules().mail()).isNull();
    sources.flag(Options.SMTP, "smtp://mail.example.org:587");
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage("smtp (from --smtp) needs smtp-from as well");
    sources.flag(Options.SMTP_FROM, "host@example.org");
    sources.flag(Options.SMTP_USER, "host");
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage("smtp-user (from --smtp-user) needs smtp-password-file as well");
    sources.flag(Options.SMTP_PASSWORD_FILE, "/run/password");
    assertThat(sources.read().rules().mail())
        .isEqualTo(
            new HostConfig.Mail(
                URI.create("smtp://mail.example.org:587"),
                "host@example.org",
                "host",
                Path.of("/run/password")));
  }

  @Test
  void passwordOfTheMailServer_isOfSomebody() {
    sources.flag(Options.SMTP, "smtp://mail.example.org:587");
    sources.flag(Options.SMTP_FROM, "host@example.org");
    assertThatThrownBy(() -> sources.flag(Options.SMTP_PASSWORD_FILE, "/run/password").read())
        .isInstanceOf(ConfigException.class)
        .hasMessage("smtp-password-file (from --smtp-password-file) needs smtp-user as well");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example.org",
        "http://mail.example.org",
        "smtp://me:secret@mail.example.org",
        "smtp://mail.example.org/x",
        "smtp:mail"
      })
  void mailServer_refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> sources.flag(Options.SMTP, text).read())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("smtp must be smtp://HOST:PORT, or smtps://HOST:PORT");
  }

  @Test
  void mailOptions_areNothingWithoutAServer() {
    assertThatThrownBy(() -> sources.flag(Options.SMTP_USER, "host").read())
        .isInstanceOf(ConfigException.class)
        .hasMessage("smtp-user (from --smtp-user) needs smtp as well");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1001", "1.5", "many", "9999999999"})
  void fetches_refusesWhatIsNoNumber(String text) {
    assertThatThrownBy(() -> sources.flag(Options.FETCHES, text).read())
        .isInstanceOf(ConfigException.class)
        .hasMessage("fetches must be a number from 0 to 1000: \"" + text + "\" (from --fetches)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "http", "80;81"})
  void fetchPorts_refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> sources.flag(Options.FETCH_PORTS, text).read())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "fetch-ports must be ports such as 80,443: \"" + text + "\" (from --fetch-ports)");
  }

  @ParameterizedTest
  @CsvSource({"64K, 65536", "70000, 70000", "50M, 52428800", "2G, 2147483648"})
  void scrubRate_takesUnits(String text, long expected) {
    assertThat(sources.flag(Options.SCRUB_RATE, text).read().storage().scrub().bytesPerSecond())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"63K", "0", "-1", "1T", "10 M", "M", "9999999999"})
  void scrubRate_refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> sources.flag(Options.SCRUB_RATE, text).read())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "scrub-rate must be bytes a second such as 500K, 50M or 1G, and at least 64K: \""
                + text
                + "\" (from --scrub-rate)");
  }

  @Test
  void scrub_canBeTurnedOff() {
    assertThat(sources.flag(Options.SCRUB_EVERY, "off").read().storage().scrub().every())
        .isEqualTo(Duration.ZERO);
    assertThat(sources.flag(Options.SCRUB_EVERY, "12h").read().storage().scrub().every())
        .isEqualTo(Duration.ofHours(12));
  }

  @Test
  void badValueInEnvironment_namesTheVariable() {
    assertThatThrownBy(() -> sources.variable("CONSIGNE_STOP_GRACE", "30").read())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "stop-grace must be a duration such as 500ms, 30s, 5m, 1h or 30d: \"30\""
                + " (from CONSIGNE_STOP_GRACE)");
  }

  @Test
  void badValueInFile_namesFileAndLine() throws IOException {
    sources.file("# mine\n\nlimits = 'none'");
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "limits must be on or off: \"none\" (from %s line 3)", folder.resolve("consigne.toml"));
  }

  @Test
  void badSwitch_isShown() {
    assertThatThrownBy(() -> sources.flag(Options.GUESTS, "maybe").read())
        .isInstanceOf(ConfigException.class)
        .hasMessage("guests must be on or off: \"maybe\" (from --guests)");
  }

  @Test
  void badNetwork_isShown() {
    assertThatThrownBy(() -> sources.flag(Options.TRUSTED_PROXY, "10.0.0.0/8,proxy").read())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "trusted-proxy must be addresses or networks such as 10.0.0.0/8:"
                + " \"10.0.0.0/8,proxy\" (from --trusted-proxy)");
  }

  @Test
  void selfMadeCertificate_isChosen() {
    sources.flag(Options.TLS_SELF, "on");
    assertThat(sources.read().web().tls()).isEqualTo(new HostConfig.Tls.Self());
  }

  @Test
  void selfMadeCertificate_excludesAGivenOne() {
    sources.flag(Options.TLS_SELF, "on").variable("CONSIGNE_TLS_CERT", "chain.pem");
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage("tls-self (from --tls-self) excludes tls-cert (from CONSIGNE_TLS_CERT)");
  }

  @Test
  void certificateAlone_needsItsKey() {
    assertThatThrownBy(() -> sources.flag(Options.TLS_CERT, "chain.pem").read())
        .isInstanceOf(ConfigException.class)
        .hasMessage("tls-cert (from --tls-cert) needs tls-key as well");
  }

  @Test
  void keyAlone_needsItsCertificate() {
    assertThatThrownBy(() -> sources.variable("CONSIGNE_TLS_KEY", "key.pem").read())
        .isInstanceOf(ConfigException.class)
        .hasMessage("tls-key (from CONSIGNE_TLS_KEY) needs tls-cert as well");
  }

  @Test
  void secret_isReadFromTheFileOfItsVariable() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "postgres://u:p@h/d\n");
    sources.variable("CONSIGNE_DB_FILE", file.toString());
    assertThat(sources.read().storage().db()).hasToString("postgresql://u:***@h:5432/d");
  }

  @Test
  void secretInVariableAndFile_isRefused() {
    sources
        .variable("CONSIGNE_DB", "postgres://u:p@h/d")
        .variable("CONSIGNE_DB_FILE", folder.resolve("secret").toString());
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage("CONSIGNE_DB and CONSIGNE_DB_FILE exclude each other");
  }

  @Test
  void secretFileMissing_isNamed() {
    Path file = folder.resolve("secret");
    sources.variable("CONSIGNE_DB_FILE", file.toString());
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage("CONSIGNE_DB_FILE names a file that cannot be read: " + file);
  }

  @Test
  void networks_containTheirAddresses() {
    assertThat(Cidr.parse("10.1.0.0/15").contains(InetAddress.ofLiteral("10.0.255.1"))).isTrue();
    assertThat(Cidr.parse("10.1.0.0/15").contains(InetAddress.ofLiteral("10.2.0.0"))).isFalse();
    assertThat(Cidr.parse("::1").contains(InetAddress.ofLiteral("::1"))).isTrue();
    assertThat(Cidr.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("::1"))).isFalse();
  }
}
