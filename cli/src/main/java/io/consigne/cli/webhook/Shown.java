package io.consigne.cli.webhook;

import io.consigne.cli.talk.Amount;
import io.consigne.client.model.Webhook;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Webhooks and their messages, for people and as JSON. */
final class Shown {
  private Shown() {}

  static String line(Webhook webhook) {
    String events = webhook.events().isEmpty() ? "all" : String.join(",", webhook.events());
    return String.format(
        Locale.ROOT,
        "%6d  %19s  %s  %s",
        webhook.id(),
        Amount.moment(webhook.created()),
        webhook.url(),
        events);
  }

  static Map<String, Object> json(Webhook webhook) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", webhook.id());
    row.put("url", webhook.url());
    row.put("events", webhook.events());
    if (webhook.created() != null) {
      row.put("created", webhook.created().toString());
    }
    return row;
  }

  static String line(Webhook.Message message) {
    Webhook.Delivery delivery = message.delivery();
    String answer = delivery.httpStatus() == null ? "" : "  status " + delivery.httpStatus();
    String why = delivery.message().isEmpty() ? "" : "  " + delivery.message();
    return String.format(
            Locale.ROOT,
            "%19s  %6d  %-15s  %-9s  tries %d",
            Amount.moment(message.time()),
            message.webhook(),
            message.event(),
            delivery.state(),
            delivery.tries())
        + answer
        + (delivery.nextTry() == null ? "" : "  next " + Amount.moment(delivery.nextTry()))
        + why;
  }

  static Map<String, Object> json(Webhook.Message message) {
    Webhook.Delivery delivery = message.delivery();
    var row = new LinkedHashMap<String, Object>();
    row.put("id", message.id());
    row.put("webhook", message.webhook());
    row.put("event", message.event());
    if (message.time() != null) {
      row.put("time", message.time().toString());
    }
    row.put("state", delivery.state());
    row.put("tries", delivery.tries());
    if (delivery.nextTry() != null) {
      row.put("nextTry", delivery.nextTry().toString());
    }
    if (delivery.httpStatus() != null) {
      row.put("httpStatus", delivery.httpStatus());
    }
    row.put("message", delivery.message());
    return row;
  }
}
