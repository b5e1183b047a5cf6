package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.server.config.HostConfig;
import io.consigne.server.config.ListenAddress;
import io.consigne.server.http.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a host shows other certificates than before, and when it had better not. */
class HostTlsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path directory;
  private Instant now = START;
  private final List<Tls> shown = new ArrayList<>();

  private HostTls started(HostConfig.Tls how) throws IOException {
    var listen = new ListenAddress("127.0.0.1", 0);
    var web = new HostConfig.Web(listen, null, how, List.of(), Duration.ofSeconds(1));
    return HostTls.of(web, directory.resolve("tls"), () -> now);
  }

  private HostTls started() throws IOException {
    return started(new HostConfig.Tls.Self());
  }

  private Path file(String name) {
    return directory.resolve("tls").resolve(name);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("tls"))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** A minute of a wrong clock replaced the authority that all clients trust, for good. */
  @ParameterizedTest
  @ValueSource(longs = {-20_000, -2, 821, 20_000})
  void clockThatIsWrongForAWhile_replacesNothing(long days) throws IOException {
    HostTls tls = started();
    String authority = Files.readString(file("ca.pem"));
    now = START.plus(Duration.ofDays(days));
    assertThatThrownBy(() -> tls.renew(shown::add))
        .isInstanceOf(IOException.class)
        .hasMessage(
            days < 0
                ? "by the clock it has not begun; it begins at 2026-02-28T12:00:00Z"
                : "it ended at 2028-05-29T12:00:00Z, if the clock is right;"
                    + " the next start makes a new one");
    now = START;
    assertThat(tls.renew(shown::add)).isFalse();
    assertThat(shown).isEmpty();
    assertThat(file("ca.pem")).hasContent(authority);
  }

  @Test
  void filesThatAreGoneForAWhile_areNotReplaced() throws IOException {
    HostTls tls = started();
    Path elsewhere = Files.move(directory.resolve("tls"), directory.resolve("elsewhere"));
    assertThat(tls.renew(shown::add)).isFalse();
    assertThat(directory.resolve("tls")).doesNotExist();
    Files.move(elsewhere, directory.resolve("tls"));
    assertThat(shown).isEmpty();
  }

  @Test
  void whatEndsSoon_isReplaced_andKeptBeside() throws IOException {
    HostTls tls = started();
    String authority = Files.readString(file("ca.pem"));
    now = START.plus(Duration.ofDays(791));
    assertThat(tls.renew(shown::add)).isTrue();
    assertThat(shown).containsExactly(tls.tls());
    assertThat(tls.renew(shown::add)).isFalse();
    assertThat(file("ca.pem")).content().isNotEqualTo(authority);
    assertThat(files())
        .containsExactly(
            "ca.pem",
            "ca.pem.before-20280430T120000Z",
            "server.key",
            "server.key.before-20280430T120000Z",
            "server.pem",
            "server.pem.before-20280430T120000Z");
    assertThat(file("ca.pem.before-20280430T120000Z")).hasContent(authority);
    assertThat(Files.getPosixFilePermissions(file("server.key.before-20280430T120000Z")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void startWithAClockThatIsBehind_usesWhatIsThere() throws IOException {
    HostTls before = started();
    now = Instant.EPOCH;
    assertThat(started().tls()).usingRecursiveComparison().isEqualTo(before.tls());
    assertThat(files()).hasSize(3);
  }

  @Test
  void startThatCannotReadAFile_saysSo_andReplacesNothing() throws IOException {
    started();
    Path key = file("server.key");
    Files.delete(key);
    Files.createDirectory(key);
    assertThatThrownBy(this::started)
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read " + key + "; new certificates are not made for it");
    assertThat(files()).containsExactly("ca.pem", "server.key", "server.pem");
  }

  /** The old one was shown until it had ended: the new one was taken for shown. */
  @Test
  void whatIsNotTaken_isShownTheNextTime() throws IOException {
    started();
    Path chain = file("server.pem");
    HostTls tls = started(new HostConfig.Tls.Files(chain, file("server.key")));
    Files.setLastModifiedTime(chain, FileTime.from(START.plusSeconds(1)));
    assertThatThrownBy(() -> tls.renew(HostTlsTest::refuse))
        .isInstanceOf(IOException.class)
        .hasMessage("it cannot be used: no such cipher");
    assertThat(tls.renew(shown::add)).isTrue();
    assertThat(shown).containsExactly(tls.tls());
    assertThat(tls.renew(shown::add)).isFalse();
  }

  @Test
  void selfMadeThatIsNotTaken_isShownTheNextTime_notMadeOnceMore() throws IOException {
    HostTls tls = started();
    now = START.plus(Duration.ofDays(791));
    assertThatThrownBy(() -> tls.renew(HostTlsTest::refuse)).isInstanceOf(IOException.class);
    String authority = Files.readString(file("ca.pem"));
    now = now.plusSeconds(60);
    assertThat(tls.renew(shown::add)).isTrue();
    assertThat(shown).containsExactly(tls.tls());
    assertThat(file("ca.pem")).hasContent(authority);
  }

  private static void refuse(Tls tls) {
    throw new IllegalArgumentException("no such cipher");
  }
}
