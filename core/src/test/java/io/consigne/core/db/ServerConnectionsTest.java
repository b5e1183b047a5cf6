package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/** What the log says of a server that comes and goes: it was two lines a second. */
class ServerConnectionsTest {
  private static final String AWAY = "The database db1 cannot be reached to write: refused";
  private static final String BACK = "The database db1 can be reached again to write";

  private final Logger logger = (Logger) LoggerFactory.getLogger(ServerConnections.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Wavering server = new Wavering();
  private long now;
  private final ServerConnections connections = new ServerConnections("db1", "write", () -> now);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  private List<String> told() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** A call a second for so long. */
  private void fail(Duration time) {
    server.away = true;
    for (long second = 0; second < time.toSeconds(); second++) {
      assertThatThrownBy(() -> connections.connection(server)).isInstanceOf(DatabaseAway.class);
      pass(Duration.ofSeconds(1));
    }
  }

  private void succeed() throws SQLException {
    server.away = false;
    connections.connection(server).close();
    pass(Duration.ofSeconds(1));
  }

  @Test
  void oneThatIsAway_isToldAtOnceAndOnceAnHour_andThatItIsBack() throws SQLException {
    succeed();
    fail(Duration.ofSeconds(1));
    assertThat(told()).containsExactly(AWAY);
    fail(Duration.ofMinutes(59));
    assertThat(told()).containsExactly(AWAY);
    fail(Duration.ofMinutes(2));
    assertThat(told()).containsExactly(AWAY, AWAY);
    succeed();
    succeed();
    assertThat(told()).containsExactly(AWAY, AWAY, BACK);
  }

  @Test
  void oneThatComesAndGoes_isToldOnceAnHour() throws SQLException {
    for (int i = 0; i < 3000; i++) {
      fail(Duration.ofSeconds(1));
      succeed();
    }
    assertThat(told()).containsExactly(AWAY, BACK, AWAY, BACK);
  }

  @Test
  void oneThatGoesAgainSoon_isToldOnceThatLasts() throws SQLException {
    fail(Duration.ofSeconds(1));
    succeed();
    fail(Duration.ofSeconds(60));
    assertThat(told()).containsExactly(AWAY, BACK);
    fail(Duration.ofSeconds(1));
    assertThat(told()).containsExactly(AWAY, BACK, AWAY);
    succeed();
    assertThat(told()).containsExactly(AWAY, BACK, AWAY, BACK);
  }

  @Test
  void callsRightAfterOneInVain_areRefusedWithoutATry() {
    fail(Duration.ofSeconds(1));
    assertThat(server.tries).isEqualTo(1);
    pass(Duration.ofMillis(-500));
    assertThatThrownBy(() -> connections.connection(server)).isInstanceOf(DatabaseAway.class);
    assertThat(server.tries).isEqualTo(1);
  }

  /** Has connections now and then. */
  private static final class Wavering extends SQLiteDataSource {
    private boolean away;
    private int tries;

    @Override
    public Connection getConnection() throws SQLException {
      tries++;
      if (away) {
        throw new SQLException("refused");
      }
      return super.getConnection();
    }
  }
}
