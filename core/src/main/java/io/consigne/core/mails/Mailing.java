package io.consigne.core.mails;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.events.ClaimedMessage;
import io.consigne.core.ids.AccountId;
import io.consigne.core.jobs.BackOff;
import io.consigne.core.jobs.Reasons;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the mails that wait, one after the other. */
public final class Mailing {
  /** What stands for a mail in the place of an event. */
  private static final String REPORT = "remote.report";

  private static final Duration HOUR = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Mailing.class);

  private final Database database;
  private final InstantSource clock;
  private final Mails mails;
  private final Letters letters;
  private final MailLimits limits;
  private final BackOff backOff;
  private volatile boolean stopped;

  /** Sends what waits in {@code database}. */
  public Mailing(
      Database database,
      InstantSource clock,
      RandomGenerator random,
      Mails mails,
      Letters letters) {
    this.database = database;
    this.clock = clock;
    this.mails = mails;
    this.letters = letters;
    this.limits = MailLimits.DEFAULT;
    this.backOff = new BackOff(limits.firstPause(), limits.longestPause(), random);
  }

  /**
   * Has a report mailed to its account, as a part of the transaction that ends the request; unless
   * the account had many within the hour: a mail server takes only so many of one host.
   */
  public static void addReport(Sql sql, Instant now, AccountId account, long request) {
    long lately =
        sql.number(
            """
            SELECT COUNT(*) FROM messages
            WHERE account_id = ? AND webhook_id IS NULL AND at > ? AND at <= ?
            """,
            account.value(),
            now.minus(HOUR),
            now);
    if (lately >= MailLimits.DEFAULT.anHour()) {
      return;
    }
    sql.update(
        """
        INSERT INTO messages (account_id, event, at, data, state, claim, attempts, next_at, reason)
        VALUES (?, ?, ?, ?, 'waiting', 0, 0, ?, '')
        """,
        account.value(),
        REPORT,
        now,
        Long.toString(request),
        now);
  }

  /** Sends no more mails; that which is being sent is waited for by who runs {@link #round}. */
  public void stop() {
    stopped = true;
  }

  /** Sends what is due. */
  public void round() {
    for (Due mail : due()) {
      if (!stopped && claim(mail)) {
        attempt(mail);
      }
    }
  }

  /** No account has its next mail before another had as many. */
  private List<Due> due() {
    return database.read(sql ->
        sql.list(
            """
            SELECT m.id, m.claim, m.account_id, a.email, m.data, m.attempts, m.next_at,
              ROW_NUMBER() OVER (PARTITION BY m.account_id ORDER BY m.next_at, m.id) AS turn
            FROM messages m JOIN accounts a ON a.id = m.account_id
            WHERE m.webhook_id IS NULL AND m.state = 'waiting' AND m.next_at <= ?
              AND a.disabled_at IS NULL
            ORDER BY turn, m.next_at, m.id LIMIT ?
            """,
            Due::read,
            clock.instant(),
            limits.batch()));
  }

  private boolean claim(Due mail) {
    Instant until = clock.instant().plus(limits.claim());
    return database.<Boolean>write(sql -> mail.row().take(sql, null, until));
  }

  private void attempt(Due mail) {
    try {
      Optional<Letter> letter = letters.report(mail.account(), mail.request());
      if (letter.isPresent()) {
        mails.send(mail.email(), letter.get());
      }
      database.change(sql -> mail.row().delivered(sql, clock.instant(), null));
    } catch (IOException e) {
      again(mail, String.valueOf(e.getMessage()));
    } catch (DatabaseException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("Mail {} met an error", mail.row().number(), e);
      again(mail, Reasons.OWN_ERROR);
    }
  }

  private void again(Due mail, String reason) {
    long attempts = mail.attempts() + 1;
    if (attempts >= limits.attempts()) {
      LOG.warn("Mail {} is given up after {} tries: {}", mail.row().number(), attempts, reason);
      database.change(sql -> mail.row().failed(sql, clock.instant(), null, reason));
      return;
    }
    Instant next = clock.instant().plus(backOff.after(attempts));
    database.change(sql -> mail.row().later(sql, next, null, reason));
  }

  private record Due(
      ClaimedMessage row, AccountId account, String email, long request, long attempts) {
    static Due read(Row row) {
      return new Due(
          new ClaimedMessage(row.number("id"), row.number("claim") + 1),
          new AccountId(row.number("account_id")),
          row.text("email"),
          Long.parseLong(row.text("data")),
          row.number("attempts"));
    }
  }
}
