package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.AuditLimits;
import io.consigne.core.audit.Noted;
import io.consigne.core.failure.Failure;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /v1/audit.cgi}: who did what to the caller's account, newest first. {@code since} is an
 * instant in UTC, {@code count} up to 1000 (100 unless given), {@code before} the {@code next} of
 * the page before.
 */
final class AuditEndpoint implements Endpoint {
  /** After the last time that four digits of a year can tell. */
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private final Audit audit;
  private final Accounts accounts;

  AuditEndpoint(Audit audit, Accounts accounts) {
    this.audit = audit;
    this.accounts = accounts;
  }

  @Override
  public Answer call(Call call) {
    Access access = call.access();
    access.require(Right.ACCOUNT);
    if (!accounts.get(access.account()).root().equals(access.root())) {
      throw new Failure.NotAllowed("this key does not see the whole account").asException();
    }
    long count = call.body().number("count").orElse(WireLimits.LOG_LINES);
    if (count < 1 || count > AuditLimits.LINES_A_PAGE) {
      throw new Failure.Invalid(
              "count", Long.toString(count), "must be 1 to " + AuditLimits.LINES_A_PAGE)
          .asException();
    }
    Instant since = call.body().filled("since").map(AuditEndpoint::instant).orElse(Instant.EPOCH);
    Long before = call.body().number("before").orElse(null);
    Audit.Page page = audit.list(access.account(), Audit.Reader.OWNER, since, before, (int) count);
    return json -> write(json, page.lines(), page.more());
  }

  private static Instant instant(String text) {
    try {
      Instant since = Instant.parse(text);
      if (!since.isBefore(Instant.EPOCH) && since.isBefore(END)) {
        return since;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw new Failure.Invalid("since", text, "must be an instant such as 2026-03-01T12:00:00Z")
        .asException();
  }

  private static void write(JsonGenerator json, List<Noted> lines, boolean more) {
    Answer.ok(json);
    json.writeArrayPropertyStart("lines");
    lines.forEach(line -> write(json, line));
    json.writeEndArray();
    if (more) {
      json.writeNumberProperty("next", lines.getLast().id());
    }
  }

  private static void write(JsonGenerator json, Noted line) {
    json.writeStartObject();
    json.writeNumberProperty("id", line.id());
    json.writeStringProperty("at", line.at().toString());
    json.writeStringProperty("actor", line.actor());
    json.writeStringProperty("account", line.account());
    json.writeStringProperty("key", line.key());
    json.writeStringProperty("address", line.address());
    json.writeStringProperty("client", line.client());
    json.writeStringProperty("action", line.action());
    json.writeStringProperty("outcome", line.outcome());
    json.writeArrayPropertyStart("things");
    line.things().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }
}
