package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Loopback;
import io.consigne.core.remote.source.SourceException.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sources that also know links of 1fichier and of other Consigne hosts: with the owner's key of
 * that place, given as the header {@code Authorization: Bearer …}, the file behind the link is
 * fetched. The key goes to the API of that place and nowhere else. Without it, and for all other
 * addresses, a link is an address like others.
 */
public final class LinkSources implements Sources {
  /** As long as 1fichier locks an address: who asks meanwhile is locked for longer. */
  private static final Duration LOCKED = Duration.ofHours(1);

  private final OpenSources sources;

  /** By the rules of these sources. */
  public LinkSources(OpenSources sources) {
    this.sources = sources;
  }

  /**
   * Whether a key that is given for the place of this address goes with it: only if it is a link,
   * whose key goes to the API, and not in clear over a network.
   */
  public static boolean takesKey(SourceUrl url) {
    return LinkCall.of(url).map(LinkCall::url).filter(LinkSources::isUnheard).isPresent();
  }

  private static boolean isUnheard(SourceUrl call) {
    return call.scheme() == Scheme.HTTPS || Loopback.is(call.host());
  }

  @Override
  public Fetched open(SourceRequest request) throws SourceException {
    Optional<String> key = request.headers().value("Authorization").filter(LinkSources::isKey);
    Optional<LinkCall> call = key.isEmpty() ? Optional.empty() : LinkCall.of(request.url());
    if (call.isEmpty()) {
      return sources.open(request);
    }
    SourceUrl bytes = bytesOf(call.get(), key.get(), request.askerOrNull());
    return sources.open(request.at(bytes, SourceHeaders.NONE));
  }

  private static boolean isKey(String authorization) {
    return authorization.toLowerCase(Locale.ROOT).startsWith("bearer ");
  }

  private SourceUrl bytesOf(LinkCall call, String key, @Nullable AccountId asker)
      throws SourceException {
    SourceHeaders headers = SourceHeaders.of(Map.of("Authorization", key));
    byte[] question = ("{\"url\":\"" + call.link() + "\"}").getBytes(UTF_8);
    OpenSources.Reply reply = sources.ask(call.url(), headers, question, asker);
    LinkAnswer answer = LinkAnswer.read(reply.body());
    Optional<String> url = reply.status() == 200 ? answer.url() : Optional.empty();
    if (url.isEmpty()) {
      throw refusal(call, reply.status(), answer);
    }
    try {
      SourceUrl bytes = SourceUrl.parse(url.get());
      if (bytes.scheme().isWeb()) {
        return bytes;
      }
    } catch (FailureException _) {
      // It is no better than any other address that makes no sense.
    }
    throw Trouble.nonsense(call.url().host());
  }

  private static SourceException refusal(LinkCall call, int status, LinkAnswer answer) {
    boolean later = answer.isLock() || WebAnswer.isLater(status);
    String how =
        later
            ? " cannot answer about the link now (status "
            : " does not give the file behind the link to this key (status ";
    return new SourceException(
        later ? Reason.BUSY : Reason.REFUSED,
        call.url().host() + how + status + ")",
        answer.isLock() ? LOCKED : null);
  }
}
