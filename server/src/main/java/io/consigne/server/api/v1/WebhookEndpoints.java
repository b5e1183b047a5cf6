package io.consigne.server.api.v1;

import io.consigne.core.events.EventKind;
import io.consigne.core.failure.Failure;
import io.consigne.core.hooks.Delivery;
import io.consigne.core.hooks.HookLimits;
import io.consigne.core.hooks.Webhook;
import io.consigne.core.hooks.Webhooks;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /v1/webhook/*.cgi}, which 1fichier does not have: where the caller's account is told what
 * happens to it, for its master key and its password alone.
 */
final class WebhookEndpoints {
  /** What the paths of these endpoints begin with: they also take e-mail and password. */
  static final String PREFIX = "webhook/";

  private final Webhooks webhooks;

  WebhookEndpoints(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  Map<String, Endpoint> routes() {
    return Map.of(
        "webhook/add.cgi", new Add(),
        "webhook/ls.cgi", this::list,
        "webhook/rm.cgi", this::remove,
        "webhook/test.cgi", this::test,
        "webhook/log.cgi", this::log);
  }

  /** Takes an address, which the audit log may not show. */
  private final class Add implements Endpoint {
    @Override
    public Answer call(Call call) {
      JsonRequest body = call.body();
      Webhooks.Made made =
          webhooks.add(call.access(), body.required("url"), body.texts("events").orElse(List.of()));
      return json -> {
        Answer.ok(json);
        json.writeStringProperty("secret", made.secret());
        members(json, made.webhook());
      };
    }

    @Override
    public List<String> named(JsonRequest body) {
      return List.of();
    }
  }

  private Endpoint.Answer list(Call call) {
    List<Webhook> all = webhooks.list(call.access());
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeArrayPropertyStart("webhooks");
      for (Webhook webhook : all) {
        json.writeStartObject();
        members(json, webhook);
        json.writeEndObject();
      }
      json.writeEndArray();
    };
  }

  private static void members(JsonGenerator json, Webhook webhook) {
    json.writeNumberProperty("id", webhook.id());
    json.writeStringProperty("url", webhook.url());
    json.writeArrayPropertyStart("events");
    webhook.events().stream().map(EventKind::word).forEach(json::writeString);
    json.writeEndArray();
    json.writeStringProperty("created", KeyJson.time(webhook.created()));
  }

  private Endpoint.Answer remove(Call call) {
    webhooks.remove(call.access(), id(call));
    return Endpoint.Answer.OK;
  }

  private Endpoint.Answer test(Call call) {
    Delivery sent = webhooks.test(call.access(), id(call));
    return json -> {
      Endpoint.Answer.ok(json);
      members(json, sent);
    };
  }

  private static long id(Call call) {
    return call.body()
        .number("id")
        .orElseThrow(() -> new Failure.Invalid("id", "", "is missing").asException());
  }

  private Endpoint.Answer log(Call call) {
    JsonRequest body = call.body();
    long count = body.number("count").orElse(WireLimits.LOG_LINES);
    if (count < 1 || count > HookLimits.LINES_A_PAGE) {
      throw new Failure.Invalid(
              "count", Long.toString(count), "must be 1 to " + HookLimits.LINES_A_PAGE)
          .asException();
    }
    List<Delivery> lines =
        webhooks.log(
            call.access(),
            body.number("id").orElse(null),
            body.number("before").orElse(null),
            (int) count);
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeArrayPropertyStart("messages");
      for (Delivery line : lines) {
        json.writeStartObject();
        members(json, line);
        json.writeEndObject();
      }
      json.writeEndArray();
      if (lines.size() == count) {
        json.writeNumberProperty("next", lines.getLast().number());
      }
    };
  }

  private static void members(JsonGenerator json, Delivery line) {
    json.writeNumberProperty("number", line.number());
    json.writeStringProperty("id", line.id());
    json.writeNumberProperty("webhook", line.webhook());
    json.writeStringProperty("event", line.event());
    json.writeStringProperty("time", KeyJson.time(line.at()));
    json.writeStringProperty("state", line.state());
    json.writeNumberProperty("tries", line.attempts());
    line.next().ifPresent(next -> json.writeStringProperty("next_try", KeyJson.time(next)));
    line.status().ifPresent(status -> json.writeNumberProperty("http_status", status));
    json.writeStringProperty("message", line.reason());
  }
}
