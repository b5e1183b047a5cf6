package io.consigne.client.wire;

import io.consigne.client.model.Webhook;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls {@code webhook/…}, which are Consigne's. */
public final class WebhookCalls {
  private WebhookCalls() {}

  /** Has an address told of events; of all if none is named. */
  public static Call<Webhook.Made> add(String url, List<String> events) {
    return Call.once(
        "webhook/add.cgi",
        Map.of("url", url, "events", events),
        answer -> new Webhook.Made(webhook(answer), answer.textOrEmpty("secret")));
  }

  /** All webhooks of the account. */
  public static Call<List<Webhook>> list() {
    return Call.reading(
        "webhook/ls.cgi",
        Map.of(),
        answer -> answer.objects("webhooks").stream().map(WebhookCalls::webhook).toList());
  }

  /** Tells an address nothing more. */
  public static Call<Call.Done> remove(long id) {
    return Call.removing("webhook/rm.cgi", Map.of("id", id));
  }

  /** Has a message sent that tells nothing. */
  public static Call<Webhook.Message> test(long id) {
    return Call.once("webhook/test.cgi", Map.of("id", id), WebhookCalls::message);
  }

  /**
   * What became of messages, newest first.
   *
   * @param webhook of this one alone; null for all
   * @param count how many
   */
  public static Call<List<Webhook.Message>> log(@Nullable Long webhook, int count) {
    var body = new LinkedHashMap<String, Object>();
    body.put("count", count);
    if (webhook != null) {
      body.put("id", webhook);
    }
    return Call.reading(
        "webhook/log.cgi",
        body,
        answer -> answer.objects("messages").stream().map(WebhookCalls::message).toList());
  }

  private static Webhook webhook(JsonObject answer) {
    return new Webhook(
        answer.number("id"),
        answer.textOrEmpty("url"),
        answer.texts("events"),
        instant(answer.textOrEmpty("created")));
  }

  private static Webhook.Message message(JsonObject answer) {
    return new Webhook.Message(
        answer.number("number"),
        answer.textOrEmpty("id"),
        answer.number("webhook"),
        answer.textOrEmpty("event"),
        instant(answer.textOrEmpty("time")),
        new Webhook.Delivery(
            answer.textOrEmpty("state"),
            answer.number("tries"),
            instant(answer.textOrEmpty("next_try")),
            answer.numberOrNull("http_status"),
            answer.textOrEmpty("message")));
  }

  private static @Nullable Instant instant(String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
