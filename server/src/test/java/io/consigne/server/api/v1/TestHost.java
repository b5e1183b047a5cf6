package io.consigne.server.api.v1;

import io.consigne.core.db.PostgresAddress;
import io.consigne.server.DataDirectory;
import io.consigne.server.Host;
import io.consigne.server.UsualChoices;
import io.consigne.server.admin.AdminAnswer;
import io.consigne.server.admin.AdminRequest;
import io.consigne.server.admin.AdminSocket;
import io.consigne.server.config.HostConfig;
import io.consigne.server.config.ListenAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real host on loopback, and what a test may do to it besides calling it. */
public final class TestHost implements AutoCloseable {
  /** All strangers of all tests come from one address. */
  private static final HostConfig.Watch UNDEFENDED =
      new HostConfig.Watch(false, HostConfig.FloodStyle.WAIT);

  private final Host host;
  private final Path data;
  private final String jdbc;

  private TestHost(Host host, Path data, String jdbc) {
    this.host = host;
    this.data = data;
    this.jdbc = jdbc;
  }

  /** Starts a host with an embedded database. */
  public static TestHost sqlite(Path data, boolean guests) throws IOException {
    return new TestHost(
        start(data, null, guests), data, "jdbc:sqlite:" + data.resolve("consigne.db"));
  }

  /** Starts a host with an embedded database, which holds its clients to their limits. */
  public static TestHost limited(Path data) throws IOException {
    HostConfig.Rules rules = rules(true, false);
    return new TestHost(
        start(data, null, rules), data, "jdbc:sqlite:" + data.resolve("consigne.db"));
  }

  /** Starts a host with a new PostgreSQL database. */
  static TestHost postgres(Path data, boolean guests) throws IOException {
    String address = TestPostgres.newDatabase();
    Host host = start(data, PostgresAddress.parse("postgresql://postgres@" + address), guests);
    return new TestHost(host, data, "jdbc:postgresql://" + address + "?user=postgres");
  }

  private static Host start(Path data, @Nullable PostgresAddress db, boolean guests)
      throws IOException {
    return start(data, db, rules(false, guests));
  }

  private static HostConfig.Rules rules(boolean limits, boolean guests) {
    return UsualChoices.rules(limits, guests, null, UNDEFENDED);
  }

  private static Host start(Path data, @Nullable PostgresAddress db, HostConfig.Rules rules)
      throws IOException {
    var web =
        new HostConfig.Web(
            new ListenAddress("127.0.0.1", 0),
            null,
            new HostConfig.Tls.None(),
            List.of(),
            Duration.ofSeconds(1));
    return Host.start(new HostConfig(UsualChoices.storage(data, db), web, rules, null));
  }

  /** Scheme and authority. */
  public String origin() {
    return host.url();
  }

  /** Asks for administration, as the operator's commands do. */
  public String administer(AdminRequest.Quick request) {
    try {
      AdminAnswer answer = AdminSocket.ask(DataDirectory.adminSocket(data), request).orElseThrow();
      if (!answer.done()) {
        throw new IllegalStateException(answer.text());
      }
      return answer.text();
    } catch (IOException e) {
      throw new IllegalStateException("administration does not answer", e);
    }
  }

  /** Makes it look as if an account used so many bytes. */
  void setUsed(String email, long bytes) {
    try (Connection connection = DriverManager.getConnection(jdbc);
        PreparedStatement update =
            connection.prepareStatement("UPDATE accounts SET used_bytes = ? WHERE email = ?")) {
      update.setLong(1, bytes);
      update.setString(2, email);
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("no such account: " + email);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("used bytes of " + email, e);
    }
  }

  /** How many hashes are still to be computed. */
  int pendingHashes() {
    try (Connection connection = DriverManager.getConnection(jdbc);
        PreparedStatement query =
            connection.prepareStatement("SELECT COUNT(*) FROM content_hashes WHERE value IS NULL");
        ResultSet count = query.executeQuery()) {
      count.next();
      return count.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException("pending hashes", e);
    }
  }

  @Override
  public void close() {
    host.close();
  }
}
