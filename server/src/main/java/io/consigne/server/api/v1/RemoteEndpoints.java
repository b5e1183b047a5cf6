package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.remote.RemoteRequests;
import io.consigne.core.remote.RequestInfo;
import io.consigne.core.remote.Wish;
import io.consigne.core.remote.source.LinkSources;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceUrl;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;

/**
 * {@code /v1/remote/*.cgi}: has the host fetch from elsewhere (contract: 1fichier-api, section 10).
 * {@code cancel.cgi} and {@code retry.cgi}, and all of {@code info.cgi} behind {@code result}, are
 * ours.
 */
final class RemoteEndpoints {
  private final RemoteRequests requests;

  RemoteEndpoints(RemoteRequests requests) {
    this.requests = requests;
  }

  Map<String, Endpoint> routes() {
    return Map.of(
        "remote/request.cgi",
        new Request(),
        "remote/ls.cgi",
        this::list,
        "remote/info.cgi",
        this::info,
        "remote/cancel.cgi",
        call -> counted(call, "cancelled", requests::cancel),
        "remote/retry.cgi",
        call -> counted(call, "queued", requests::retry));
  }

  private Endpoint.Answer list(Call call) {
    List<RequestInfo> listed = requests.list(call.access());
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeArrayPropertyStart("data");
      for (RequestInfo request : listed) {
        json.writeStartObject();
        RemoteJson.request(json, request);
        json.writeEndObject();
      }
      json.writeEndArray();
    };
  }

  private Endpoint.Answer info(Call call) {
    RemoteRequests.Details details = requests.get(call.access(), id(call));
    return json -> {
      Endpoint.Answer.ok(json);
      RemoteJson.details(json, details, call::url);
    };
  }

  private static Endpoint.Answer counted(
      Call call, String member, ToIntBiFunction<Access, Long> action) {
    int count = action.applyAsInt(call.access(), id(call));
    return json -> {
      Endpoint.Answer.ok(json);
      json.writeNumberProperty(member, count);
    };
  }

  private static long id(Call call) {
    return call.body()
        .number("id")
        .orElseThrow(() -> new Failure.Invalid("id", "", "is missing").asException());
  }

  /** Takes addresses and headers, neither of which the audit log may show. */
  private final class Request implements Endpoint {
    @Override
    public Answer call(Call call) {
      Map<String, String> keys = keys(call.body());
      List<Wish.Item> items =
          urls(call.body()).stream()
              .map(text -> Wish.Item.parse(text, call.hosts()))
              .map(item -> item instanceof Wish.Source source ? keyed(source, keys) : item)
              .toList();
      requireUsed(keys, items);
      SourceHeaders headers = headers(call.body());
      var wish = new Wish(items, headers, call.folder("folder_id", "sharing_user"));
      RemoteRequests.Added made = requests.add(call.access(), wish);
      return json -> {
        Answer.ok(json);
        RemoteJson.made(json, made, headers);
      };
    }

    /** What is no address may have the password of one in it. */
    private static List<String> urls(JsonRequest body) {
      try {
        return body.texts("urls").orElse(List.of());
      } catch (FailureException e) {
        throw e.failure() instanceof Failure.Invalid invalid
            ? new Failure.Invalid(invalid.field(), "", invalid.rule()).asException()
            : e;
      }
    }

    private static Map<String, String> keys(JsonRequest body) {
      return body.textsByName("keys")
          .orElseGet(() -> {
            if (body.has("keys")) {
              throw new Failure.Invalid("keys", "", "must be an object: host to key").asException();
            }
            return Map.of();
          });
    }

    private static Wish.Item keyed(Wish.Source source, Map<String, String> keys) {
      return LinkSources.takesKey(source.url())
          ? source.with(keys.get(source.url().authority()))
          : source;
    }

    /**
     * A key that goes with none of the sources would be missed when it is too late; but it may be
     * for one that is refused.
     */
    private static void requireUsed(Map<String, String> keys, List<Wish.Item> items) {
      if (items.stream().anyMatch(Wish.Refused.class::isInstance)) {
        return;
      }
      Set<String> hosts =
          items.stream()
              .map(Wish.Source.class::cast)
              .map(Wish.Source::url)
              .filter(LinkSources::takesKey)
              .map(SourceUrl::authority)
              .collect(Collectors.toSet());
      for (String host : keys.keySet()) {
        if (!hosts.contains(host)) {
          String rule = "must be by the hosts of links in urls, as they stand there, by https";
          throw new Failure.Invalid("keys", "", rule).asException();
        }
      }
    }

    private static SourceHeaders headers(JsonRequest body) {
      return body.textsByName("headers")
          .map(SourceHeaders::of)
          .orElseGet(() -> SourceHeaders.ofLines(body.texts("headers").orElse(List.of())));
    }

    @Override
    public List<String> named(JsonRequest body) {
      return body.number("folder_id").map(id -> "folder_id " + id).stream().toList();
    }
  }
}
