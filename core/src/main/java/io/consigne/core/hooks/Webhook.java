package io.consigne.core.hooks;

import io.consigne.core.events.EventKind;
import java.time.Instant;
import java.util.List;

/**
 * What may be shown about a webhook to its account.
 *
 * @param id its number
 * @param url where it is told, without the values of its query
 * @param events what it is told; none stands for everything
 * @param created when it was made
 */
public record Webhook(long id, String url, List<EventKind> events, Instant created) {
  /** Copies the list. */
  public Webhook {
    events = List.copyOf(events);
  }
}
