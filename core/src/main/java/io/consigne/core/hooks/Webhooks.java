package io.consigne.core.hooks;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Standing;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Entry;
import io.consigne.core.db.Row;
import io.consigne.core.db.Seal;
import io.consigne.core.db.Sql;
import io.consigne.core.events.Event;
import io.consigne.core.events.EventKind;
import io.consigne.core.events.Outbox;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.RandomText;
import io.consigne.core.remote.source.SourceUrl;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The webhooks of accounts: for their master key and password alone. */
public final class Webhooks {
  private static final String SECRET_PREFIX = "whs_";
  private static final int SECRET_LENGTH = 40;

  private final HookParts parts;
  private final Deliveries deliveries;
  private final Seal seal;

  Webhooks(HookParts parts, Deliveries deliveries, Seal seal) {
    this.parts = parts;
    this.deliveries = deliveries;
    this.seal = seal;
  }

  /** What a sealed address or secret is about. */
  static String about(AccountId account) {
    return "webhook of " + account;
  }

  /**
   * Registers a webhook.
   *
   * @param events words of {@link EventKind}; none stands for everything
   * @throws io.consigne.core.failure.FailureException {@code NotOffered}; {@code NotAllowed}, also
   *     for an address that the host does not talk to; {@code NotAuthenticated} if what opened the
   *     account does not do so any more; {@code Invalid}; {@code Conflict} if there are too many
   */
  public Made add(Access access, String url, List<String> events) {
    requireMaster(access);
    if (!parts.offered()) {
      throw new Failure.NotOffered("Webhooks").asException();
    }
    SourceUrl address = address(url);
    List<EventKind> kinds = events.stream().distinct().map(Webhooks::kind).toList();
    String secret =
        SECRET_PREFIX + RandomText.draw(parts.random(), RandomText.BASE62, SECRET_LENGTH);
    String about = about(access.account());
    String sealedUrl = seal.close(address.text(), about);
    String sealedSecret = seal.close(secret, about);
    Instant now = parts.clock().instant();
    long id =
        parts
            .database()
            .<Long>write(sql -> {
              Standing.require(sql, access, now);
              requireRoom(sql, access.account());
              long made =
                  insert(sql, access.account(), new Sealed(sealedUrl, sealedSecret), kinds, now);
              note(sql, now, access, Action.WEBHOOK_ADD, made + ": " + address.host());
              return made;
            });
    return new Made(new Webhook(id, address.shown(), kinds, now), secret);
  }

  private static void requireMaster(Access access) {
    access.requireMaster("webhooks");
  }

  private SourceUrl address(String text) {
    int most = parts.limits().owned().urlLength();
    if (text.length() > most) {
      throw new Failure.TooLarge("the length of url", text.length(), most).asException();
    }
    SourceUrl url = SourceUrl.parse(text);
    if (!url.scheme().isWeb()) {
      throw new Failure.Invalid("url", url.shown(), "must begin with http or https").asException();
    }
    parts.policy().require(url);
    return url;
  }

  private static EventKind kind(String word) {
    return EventKind.of(word)
        .filter(kind -> kind != EventKind.TEST)
        .orElseThrow(
            () -> new Failure.Invalid("events", word, "must be of " + words()).asException());
  }

  private static String words() {
    return Arrays.stream(EventKind.values())
        .filter(kind -> kind != EventKind.TEST)
        .map(EventKind::word)
        .collect(Collectors.joining(", "));
  }

  private void requireRoom(Sql sql, AccountId account) {
    long there = sql.number("SELECT COUNT(*) FROM webhooks WHERE account_id = ?", account.value());
    if (there >= parts.limits().owned().webhooks()) {
      throw new Failure.Conflict(
              "There are " + there + " webhooks already, as many as an account may have")
          .asException();
    }
  }

  private static long insert(
      Sql sql, AccountId account, Sealed sealed, List<EventKind> kinds, Instant now) {
    return sql.number(
        """
        INSERT INTO webhooks (account_id, url, secret, events, created_at)
        VALUES (?, ?, ?, ?, ?) RETURNING id
        """,
        account.value(),
        sealed.url(),
        sealed.secret(),
        kinds.stream().map(kind -> " " + kind.word() + " ").collect(Collectors.joining()),
        now);
  }

  private static void note(Sql sql, Instant now, Access access, Action action, String what) {
    AuditLog.add(sql, now, Entry.done(access.account(), access.actor(), action, "webhook " + what));
  }

  /**
   * The webhooks of the account, in the order in which they were made.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}
   */
  public List<Webhook> list(Access access) {
    requireMaster(access);
    List<Stored> stored =
        parts
            .database()
            .read(sql ->
                sql.list(
                    """
                    SELECT id, url, events, created_at FROM webhooks WHERE account_id = ?
                    ORDER BY id
                    """,
                    Stored::read,
                    access.account().value()));
    String about = about(access.account());
    return stored.stream().map(row -> row.shown(seal, about)).toList();
  }

  /**
   * Removes a webhook with its log; nothing more is sent to it.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}, {@code NotAuthenticated},
   *     {@code NotFound}
   */
  public void remove(Access access, long id) {
    requireMaster(access);
    parts
        .database()
        .change(sql -> {
          Instant now = parts.clock().instant();
          Standing.require(sql, access, now);
          requireOwn(sql, access, id);
          sql.update("DELETE FROM messages WHERE webhook_id = ?", id);
          sql.update("DELETE FROM webhooks WHERE id = ?", id);
          note(sql, now, access, Action.WEBHOOK_REMOVE, Long.toString(id));
        });
  }

  private static void requireOwn(Sql sql, Access access, long id) {
    long own =
        sql.number(
            "SELECT COUNT(*) FROM webhooks WHERE id = ? AND account_id = ?",
            id,
            access.account().value());
    if (own == 0) {
      throw new Failure.NotFound().asException();
    }
  }

  /**
   * Sends a webhook the event {@code test}, soon; the log tells what becomes of it.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}, {@code NotFound}
   */
  public Delivery test(Access access, long id) {
    requireMaster(access);
    Instant now = parts.clock().instant();
    Event event = Event.of(EventKind.TEST, Map.of("webhook", id));
    long number =
        parts
            .database()
            .<Long>write(sql -> {
              requireOwn(sql, access, id);
              return Outbox.addFor(sql, now, access.account(), id, event);
            });
    deliveries.wake(id);
    return new Delivery(
        number, Message.id(number, now), id, event.kind().word(), now, "waiting", 0, now, null, "");
  }

  /**
   * What became of the messages of the account, newest first.
   *
   * @param webhook only those for this one; null for all
   * @param before only messages with a lower number, to go on with; null for the newest
   * @param most how many, up to {@link HookLimits#LINES_A_PAGE}
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}, {@code NotFound}
   */
  public List<Delivery> log(
      Access access, @Nullable Long webhook, @Nullable Long before, int most) {
    requireMaster(access);
    return parts
        .database()
        .read(sql -> {
          if (webhook != null) {
            requireOwn(sql, access, webhook);
          }
          return sql.list(
              "SELECT"
                  + Delivery.COLUMNS
                  + """
                  FROM messages
                  WHERE account_id = ? AND id < ? AND webhook_id = COALESCE(?, webhook_id)
                  ORDER BY id DESC LIMIT ?
                  """,
              Delivery::read,
              access.account().value(),
              before == null ? Long.MAX_VALUE : before,
              webhook,
              Math.min(most, HookLimits.LINES_A_PAGE));
        });
  }

  /**
   * A webhook that was made.
   *
   * @param secret what its messages are signed with, shown this once
   */
  public record Made(Webhook webhook, String secret) {
    /** No secret. */
    @Override
    public String toString() {
      return "Made[" + webhook + "]";
    }
  }

  private record Sealed(String url, String secret) {}

  private record Stored(long id, String url, String events, Instant created) {
    static Stored read(Row row) {
      return new Stored(
          row.number("id"), row.text("url"), row.text("events"), row.instant("created_at"));
    }

    Webhook shown(Seal seal, String about) {
      String address = SourceUrl.shown(seal.open(url, about));
      List<EventKind> kinds =
          Arrays.stream(events.split(" ", -1))
              .flatMap(word -> EventKind.of(word).stream())
              .toList();
      return new Webhook(id, address, kinds, created);
    }
  }
}
