package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Addresses of PostgreSQL databases. */
class PostgresAddressTest {
  @Test
  void address_isReadIntoItsParts() {
    PGSimpleDataSource source =
        PostgresAddress.parse(
                "postgresql://al%40ice:s%3Ae+c%25@db_1.example.org:5433/my%20db"
                    + "?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem")
            .source();

    assertThat(source.getServerNames()).containsExactly("db_1.example.org");
    assertThat(source.getPortNumbers()).containsExactly(5433);
    assertThat(source.getDatabaseName()).isEqualTo("my db");
    assertThat(source.getUser()).isEqualTo("al@ice");
    assertThat(source.getPassword()).isEqualTo("s:e+c%");
    assertThat(source.getSslMode()).isEqualTo("verify-full");
    assertThat(source.getSslRootCert()).isEqualTo("/etc/ca.pem");
  }

  /** A database machine that lost its power once held calls for up to two hours. */
  @Test
  void machineThatIsGone_isNoticedWithinAMinute() throws Exception {
    PGSimpleDataSource source = PostgresAddress.parse("postgresql://localhost/host").source();
    assertThat(source.getSocketFactory()).isEqualTo(WatchedSockets.class.getName());
    try (Socket socket = new WatchedSockets().createSocket()) {
      assertThat(socket.getKeepAlive()).isTrue();
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(30);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(10);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(3);
    }
  }

  @Test
  void programsOfTheDatabase_findItInTheirEnvironment() {
    assertThat(
            named(
                "postgresql://al%40ice:s%3Ae@[::1]:5433/my%20db?sslmode=verify-full&sslrootcert=a"))
        .containsOnly(
            entry("PGHOST", "::1"),
            entry("PGPORT", "5433"),
            entry("PGDATABASE", "my db"),
            entry("PGUSER", "al@ice"),
            entry("PGPASSWORD", "s:e"),
            entry("PGSSLMODE", "verify-full"),
            entry("PGSSLROOTCERT", "a"));
    assertThat(named("postgresql://localhost/host"))
        .containsOnlyKeys("PGHOST", "PGPORT", "PGDATABASE");
  }

  /** These win over a host and a name: another database was dumped. */
  @Test
  void variablesOfTheOperator_thatNameAnother_go() {
    var environment =
        new HashMap<>(
            Map.of(
                "PGSERVICE", "other",
                "PGHOSTADDR", "192.0.2.7",
                "PGOPTIONS", "--search_path=other",
                "PGHOST", "other.example",
                "PGPASSFILE", "/passwords"));
    PostgresAddress.parse("postgresql://localhost/host").nameIn(environment);
    assertThat(environment)
        .containsOnly(
            entry("PGHOST", "localhost"),
            entry("PGPORT", "5432"),
            entry("PGDATABASE", "host"),
            entry("PGPASSFILE", "/passwords"));
  }

  private static Map<String, String> named(String address) {
    var environment = new HashMap<String, String>();
    PostgresAddress.parse(address).nameIn(environment);
    return environment;
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://alice:secret@localhost/host, postgresql://alice:***@localhost:5432/host",
    "postgresql://alice@localhost/host,      postgresql://alice@localhost:5432/host",
    "postgresql://localhost:1/host,          postgresql://localhost:1/host",
    "postgresql://a:secret@[::1]:5/h?sslmode=require, postgresql://a:***@[::1]:5/h?sslmode=require",
  })
  void text_showsNoPassword(String address, String shown) {
    assertThat(PostgresAddress.parse(address)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "mysql://alice:secret@localhost/host",
        "postgresql://alice:secret@localhost",
        "postgresql://alice:secret@localhost/",
        "postgresql://alice:secret@/host",
        "postgresql://alice:sec ret@localhost/host",
        "postgresql://alice:secret@localhost:x/host",
        "postgresql://alice:secret@localhost:0/host",
        "postgresql://alice:secret@localhost:65536/host",
        "postgresql://alice:secret%@localhost/host",
        "postgresql://alice:%secret@localhost/host",
        "postgresql://localhost/host?password=secret",
        "postgresql://localhost/host?secret",
        "postgresql://alice:sec/secret@localhost/host",
      })
  void wrongAddress_isRefusedWithoutShowingIt(String address) {
    assertThatThrownBy(() -> PostgresAddress.parse(address))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("secret");
  }
}
