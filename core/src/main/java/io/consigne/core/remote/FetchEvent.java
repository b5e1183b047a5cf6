package io.consigne.core.remote;

import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.events.Event;
import io.consigne.core.events.EventKind;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;

/** The end of a fetch as its account is told of it: without its source, which may hold a secret. */
final class FetchEvent {
  private FetchEvent() {}

  /** What became of a fetch; empty if nobody is to be told of it. */
  static Optional<Event> of(Sql sql, long fetch) {
    return sql.first(
        """
        SELECT request_id, position, state, name, bytes, link, reason FROM remote_fetches f
        WHERE id = ? AND state IN ('done', 'failed')
          AND EXISTS (SELECT 1 FROM webhooks w WHERE w.account_id = f.account_id)
        """,
        FetchEvent::read,
        fetch);
  }

  private static Event read(Row row) {
    boolean done = row.text("state").equals(FetchState.DONE.word());
    var members = new LinkedHashMap<String, Object>();
    members.put("request", row.number("request_id"));
    members.put("position", row.number("position"));
    members.put("name", row.text("name"));
    if (done) {
      members.put("bytes", row.number("bytes"));
      members.put("link", Objects.requireNonNullElse(row.textOrNull("link"), ""));
    } else {
      members.put("reason", row.text("reason"));
    }
    return Event.of(done ? EventKind.FETCH_DONE : EventKind.FETCH_FAILED, members);
  }
}
