package io.consigne.core.audit;

import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one call does to files, for the audit log: a line for each account whose files they are. */
public final class Deeds {
  private final Actor actor;
  private final Action action;
  private final Map<AccountId, List<String>> things = new LinkedHashMap<>();

  /** Nothing yet. */
  public Deeds(Actor actor, Action action) {
    this.actor = actor;
    this.action = action;
  }

  /** Adds something that is the account's. */
  public void add(AccountId owner, String thing) {
    things.computeIfAbsent(owner, _ -> new ArrayList<>()).add(thing);
  }

  /** Notes all of it, as a part of the transaction that does it. */
  public void note(Sql sql, Instant at) {
    things.forEach((owner, all) -> AuditLog.add(sql, at, Entry.done(owner, actor, action, all)));
  }
}
